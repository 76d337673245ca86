using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance;

/// <summary>What differs between the listings' rules of two of Binance's markets.</summary>
/// <param name="TakesSymbols">Whether only some symbols can be asked for.</param>
/// <param name="Weight">What asking costs.</param>
/// <param name="CanAmend">How far orders are changed in place, where a symbol does not forbid it.</param>
internal sealed record RulesDialect(string Path, bool TakesSymbols, int Weight, OrderAmendment CanAmend);
