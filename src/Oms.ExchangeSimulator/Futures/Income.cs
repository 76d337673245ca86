using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>One entry of what a wallet got or paid.</summary>
internal sealed record Income(
    string Symbol, IncomeType Type, string Asset, long Amount, long TimeMs, long TransactionId, long TradeId);
