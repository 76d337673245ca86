using System.Globalization;
using System.Text;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Signs requests. Over REST the very bytes that are sent, percent-encoded (request security of rest-api.md,
/// 2026-07); over the WebSocket API the parameters sorted by name and not encoded. What HMAC-SHA256 makes is written
/// in hexadecimal, what Ed25519 makes in base64, which a URL holds encoded.
/// </summary>
internal static class RequestSigner
{
    /// <summary>
    /// The text with its signature behind it; the text is query and body as sent, in this order.
    /// </summary>
    public static string SignRest(string text, SigningKey key) =>
        $"{text}&signature={Uri.EscapeDataString(Signature(text, key))}";

    /// <summary>The parameters, a time stamp, and the signature over both.</summary>
    public static string SignRest(string parameters, int recvWindowMs, long timestampMs, SigningKey key)
    {
        string separator = parameters.Length == 0 ? "" : "&";
        return SignRest(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{parameters}{separator}recvWindow={recvWindowMs}&timestamp={timestampMs}"),
            key);
    }

    /// <summary>The signature of a WebSocket API request with these parameters.</summary>
    public static string SignWebSocketApi(
        IEnumerable<KeyValuePair<string, string>> parameters, SigningKey key) =>
        Signature(
            string.Join('&', parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value}")),
            key);

    public static string Signature(string text, SigningKey key)
    {
        Span<byte> signature = stackalloc byte[SigningKey.SignatureBytesMax];
        signature = signature[..key.Sign(Encoding.UTF8.GetBytes(text), signature)];
        return key.Kind switch
        {
            SigningKind.HmacSha256 => Convert.ToHexStringLower(signature),
            SigningKind.Ed25519 => Convert.ToBase64String(signature),
        };
    }
}
