using System.Security.Cryptography;
using System.Text;
using Oms.Keys.Memory;

namespace Oms.Keys;

/// <summary>
/// Both halves of a key, as an exchange gives them out: the API key, and an HMAC secret or an Ed25519 private
/// key as PEM. What it signs with stays inside.
/// </summary>
public sealed class KeyPair : IDisposable
{
    public const int SignatureLengthMax = Ed25519PrivateKey.SignatureLength;

    /// <summary>Longest text of both halves.</summary>
    public const int TextLengthBytesMax = 4096;

    private const int ApiKeyLengthMax = 128;
    private const int HmacSecretLengthMax = 512;

    private readonly SecretBytes _secret;
    private readonly byte[] _publicKey = [];

    private KeyPair(string apiKey, ExchangeKeyKind kind, SecretBytes secret)
    {
        (ApiKey, Kind, _secret) = (apiKey, kind, secret);
        using SecretBytes.Lease lease = secret.Open();
        if (kind == ExchangeKeyKind.Ed25519)
        {
            _publicKey = new byte[Ed25519PrivateKey.PublicKeyLength];
            Ed25519PrivateKey.DerivePublicKey(lease.Bytes, _publicKey);
        }

        byte[] apiKeyBytes = Encoding.ASCII.GetBytes(apiKey);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(apiKeyBytes).AsSpan(0, 8));
        Identity = Convert.ToHexStringLower(HMACSHA256.HashData(lease.Bytes, apiKeyBytes));
    }

    /// <summary>The half that names the key at the exchange.</summary>
    public string ApiKey { get; }

    public ExchangeKeyKind Kind { get; }

    /// <summary>
    /// The first 16 hexadecimal digits of the SHA-256 of the API key: tells keys apart in lists.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Equal for equal halves; tells neither.</summary>
    internal string Identity { get; }

    /// <param name="apiKey">Printable ASCII without blanks.</param>
    /// <param name="secret">The HMAC secret, or PEM. The caller overwrites its own.</param>
    /// <exception cref="KeysException">A half is malformed; shows nothing of it.</exception>
    public static KeyPair Of(string apiKey, ReadOnlySpan<byte> secret)
    {
        if (apiKey.Length is 0 or > ApiKeyLengthMax || apiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new KeysException(
                $"the API key is not 1 to {ApiKeyLengthMax} printable ASCII characters without blanks");
        }

        if (secret.StartsWith("-----BEGIN "u8))
        {
            return new(apiKey, ExchangeKeyKind.Ed25519, Ed25519PrivateKey.ReadPem(secret));
        }

        if (secret.Length is 0 or > HmacSecretLengthMax
            || secret.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            throw new KeysException(
                $"the secret is neither PEM nor 1 to {HmacSecretLengthMax} printable ASCII characters " +
                "without blanks");
        }

        return new(apiKey, ExchangeKeyKind.HmacSha256, SecretBytes.CopyOf(secret));
    }

    /// <summary>Reads the API key from the first line, and the secret or PEM from the others.</summary>
    /// <exception cref="KeysException">A half is missing or malformed; shows nothing of it.</exception>
    public static KeyPair Parse(SecretBytes text)
    {
        using SecretBytes.Lease lease = text.Open();
        ReadOnlySpan<byte> bytes = lease.Bytes;
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new KeysException("two lines at least are needed: the API key, then the secret or the PEM");
        }

        return Of(Encoding.UTF8.GetString(bytes[..end].Trim(" \r"u8)), bytes[end..].Trim(" \r\n"u8));
    }

    /// <param name="destination">At least <see cref="SignatureLengthMax"/> bytes.</param>
    /// <returns>The length of the signature.</returns>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public int Sign(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        using SecretBytes.Lease lease = _secret.Open();
        return Kind switch
        {
            ExchangeKeyKind.HmacSha256 => HMACSHA256.HashData(lease.Bytes, message, destination),
            ExchangeKeyKind.Ed25519 =>
                Ed25519PrivateKey.Sign(lease.Bytes, _publicKey, message, destination),
        };
    }

    public void Dispose() => _secret.Dispose();

    /// <summary>Shows neither half.</summary>
    public override string ToString() => $"{Kind} key {Fingerprint}";

    /// <summary>From what <see cref="OpenSecret"/> gave.</summary>
    /// <exception cref="KeysException">A half is malformed.</exception>
    internal static KeyPair Restore(string apiKey, ExchangeKeyKind kind, ReadOnlySpan<byte> secret) =>
        kind == ExchangeKeyKind.Ed25519 && secret.Length == Ed25519PrivateKey.SeedLength
            ? new(apiKey, kind, SecretBytes.CopyOf(secret))
            : Of(apiKey, secret);

    /// <summary>What it signs with: the HMAC secret, or the seed of the Ed25519 key.</summary>
    internal SecretBytes.Lease OpenSecret() => _secret.Open();
}
