namespace Oms.ExchangeSimulator.Binance;

/// <summary>How long a caller who has used a limit up must wait: until the limit's window ends.</summary>
internal static class RetryAfter
{
    private const int TooManyOrders = -1015;
    private const long TenSecondsMs = 10_000;

    public static long Ms(ApiError error, long nowMs) =>
        error.Code == TooManyOrders && error.Message.Contains("SECOND", StringComparison.Ordinal)
            ? TenSecondsMs - (nowMs % TenSecondsMs)
            : WeightBudget.MsToNextMinute(nowMs);
}
