using System.Security.Cryptography;
using System.Text;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>An HMAC-SHA256 secret; its signatures are hexadecimal, in either case.</summary>
internal sealed class HmacKey(string secret) : ISigningKey
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public bool MayLogOn => false;

    public bool IsSignedBy(ReadOnlySpan<byte> payload, string signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = HMACSHA256.HashData(_secret, payload, expected);
        return signature.Length == given.Length * 2
            && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
