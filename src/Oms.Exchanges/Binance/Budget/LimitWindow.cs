namespace Oms.Exchanges.Binance.Budget;

/// <summary>The lengths of windows, in the exchange's words.</summary>
internal static class LimitWindow
{
    /// <param name="interval">As exchangeInfo has it, <c>MINUTE</c>; null for a word that is not known.</param>
    public static long? LengthMs(string? interval, int count) => interval switch
    {
        "SECOND" => count * 1_000L,
        "MINUTE" => count * 60_000L,
        "HOUR" => count * 3_600_000L,
        "DAY" => count * 86_400_000L,
        _ => null,
    };

    /// <param name="suffix">As headers have it, <c>10S</c>; null for one that is not known.</param>
    public static long? LengthMs(ReadOnlySpan<char> suffix) =>
        suffix.Length > 1 && int.TryParse(suffix[..^1], out int count)
            ? LengthMs(
                suffix[^1] switch
                {
                    'S' => "SECOND",
                    'M' => "MINUTE",
                    'H' => "HOUR",
                    'D' => "DAY",
                    _ => null,
                },
                count)
            : null;
}
