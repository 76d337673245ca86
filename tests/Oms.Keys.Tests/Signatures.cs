using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Oms.Keys.Tests;

/// <summary>Signatures by other means than the keys under test.</summary>
internal static class Signatures
{
    /// <summary>The example of RFC 8410, section 10.3.</summary>
    public const string Rfc8410Pem =
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """;

    /// <summary>The public key that RFC 8410, section 10.1, shows for it.</summary>
    private const string Rfc8410PublicKey = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

    public static string Hmac(string secret, string message) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message)));

    public static string Of(ExchangeKey key, string message)
    {
        Span<byte> signature = stackalloc byte[KeyPair.SignatureLengthMax];
        int length = key.Sign(Encoding.UTF8.GetBytes(message), signature);
        return Convert.ToHexStringLower(signature[..length]);
    }

    public static bool IsOfRfc8410(string signature, string message) => Ed25519.Verify(
        Convert.FromHexString(signature), 0, Convert.FromBase64String(Rfc8410PublicKey), 0,
        Encoding.UTF8.GetBytes(message), 0, Encoding.UTF8.GetByteCount(message));
}
