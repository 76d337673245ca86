using System.Text;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// What a REST request signs: its query and then its body, as the bytes came, without the signature.
/// </summary>
internal static class RestPayload
{
    public static byte[] Of(string rawQuery, string rawBody) =>
        Encoding.Latin1.GetBytes(WithoutSignature(rawQuery) + WithoutSignature(rawBody));

    private static string WithoutSignature(string pairs)
    {
        int start = pairs.StartsWith("signature=", StringComparison.Ordinal)
            ? 0
            : pairs.IndexOf("&signature=", StringComparison.Ordinal);
        if (start < 0)
        {
            return pairs;
        }

        int end = pairs.IndexOf('&', start + 1);
        string rest = end < 0 ? "" : pairs[end..];
        return start == 0 ? rest.TrimStart('&') : pairs[..start] + rest;
    }
}
