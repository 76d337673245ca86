using System.Globalization;
using System.Net.Http.Headers;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>
/// What the exchange counted, as the headers of its answers say it: <c>X-MBX-USED-WEIGHT-1M</c>,
/// <c>X-MBX-ORDER-COUNT-10S</c> (rest-api.md, limits).
/// </summary>
internal static class LimitHeaders
{
    /// <summary>Of an answer, no more are read.</summary>
    public const int UsesMax = 8;

    private const string WeightPrefix = "X-MBX-USED-WEIGHT-";
    private const string OrdersPrefix = "X-MBX-ORDER-COUNT-";

    /// <returns>How many were read.</returns>
    public static int Read(HttpResponseHeaders headers, Span<LimitUse> uses)
    {
        int count = 0;
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            bool isWeight = name.StartsWith(WeightPrefix, StringComparison.OrdinalIgnoreCase);
            if (count < uses.Length
                && (isWeight || name.StartsWith(OrdersPrefix, StringComparison.OrdinalIgnoreCase))
                && LimitWindow.LengthMs(name.AsSpan(WeightPrefix.Length).ToString().ToUpperInvariant()) is { } lengthMs
                && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long used))
            {
                uses[count++] = new(isWeight, lengthMs, used);
            }
        }

        return count;
    }
}
