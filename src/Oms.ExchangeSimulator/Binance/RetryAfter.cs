namespace Oms.ExchangeSimulator.Binance;

/// <summary>How long a caller who has used a limit up must wait: until the limit's window ends.</summary>
internal static class RetryAfter
{
    private const int TooManyOrders = -1015;
    private const long TenSecondsMs = 10_000;

    /// <summary>Whether an error says when to come back.</summary>
    public static bool IsTold(ApiError error) =>
        error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status418ImATeapot;

    public static long Ms(ApiError error, long nowMs) =>
        error.RetryAtMs > 0 ? Math.Max(0, error.RetryAtMs - nowMs)
        : error.Code == TooManyOrders && error.Message.Contains("SECOND", StringComparison.Ordinal)
            ? TenSecondsMs - (nowMs % TenSecondsMs)
            : WeightBudget.MsToNextMinute(nowMs);
}
