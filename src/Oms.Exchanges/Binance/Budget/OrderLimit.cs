namespace Oms.Exchanges.Binance.Budget;

/// <summary>New orders of an account in a window that is aligned to the exchange's clock.</summary>
internal readonly record struct OrderLimit(long WindowMs, long Limit);
