namespace Oms.Exchanges.Binance;

/// <summary>What differs between the listings' rules of two of Binance's markets.</summary>
/// <param name="TakesSymbols">Whether only some symbols can be asked for.</param>
/// <param name="Weight">What asking costs.</param>
/// <param name="CanAmend">Whether orders are changed in place.</param>
internal sealed record RulesDialect(string Path, bool TakesSymbols, int Weight, bool CanAmend);
