using System.Globalization;
using System.Text;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Signs requests. Over REST the very bytes that are sent, percent-encoded (request security of rest-api.md,
/// 2026-07); over the WebSocket API the parameters sorted by name and not encoded.
/// </summary>
internal static class RequestSigner
{
    private const int MacLength = 32;

    /// <summary>
    /// The text with its signature behind it; the text is query and body as sent, in this order.
    /// </summary>
    public static string SignRest(string text, HmacSha256 sign) =>
        $"{text}&signature={Signature(text, sign)}";

    /// <summary>The parameters, a time stamp, and the signature over both.</summary>
    public static string SignRest(string parameters, int recvWindowMs, long timestampMs, HmacSha256 sign)
    {
        string separator = parameters.Length == 0 ? "" : "&";
        return SignRest(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{parameters}{separator}recvWindow={recvWindowMs}&timestamp={timestampMs}"),
            sign);
    }

    /// <summary>The signature of a WebSocket API request with these parameters.</summary>
    public static string SignWebSocketApi(
        IEnumerable<KeyValuePair<string, string>> parameters, HmacSha256 sign) =>
        Signature(
            string.Join('&', parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value}")),
            sign);

    public static string Signature(string text, HmacSha256 sign)
    {
        Span<byte> mac = stackalloc byte[MacLength];
        sign(Encoding.UTF8.GetBytes(text), mac);
        return Convert.ToHexStringLower(mac);
    }
}
