using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.JetStream.KeyValue;

/// <summary>
/// Makes any bytes one token of a JetStream key, so that different bytes never share a token.
/// </summary>
/// <remarks>
/// <code>
/// letters, digits, - and _ , at most 96   as they are        "portfolio-7"
/// other bytes                             "="  + base64url   "=0YHRh9GR0YI"
/// more than 96 bytes                      "==" + base64url of their SHA-256
/// </code>
/// A plain token never begins with "=", and base64url never holds one: the three forms cannot meet.
/// </remarks>
internal static class KeyToken
{
    private const int PlainBytesMax = 96;

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > PlainBytesMax)
        {
            return "==" + Base64Url.EncodeToString(SHA256.HashData(bytes));
        }

        return bytes.IsEmpty || bytes.ContainsAnyExcept(Plain)
            ? "=" + Base64Url.EncodeToString(bytes)
            : Encoding.ASCII.GetString(bytes);
    }
}
