using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NATS.NKeys;

/// <summary>
/// An Ed25519 identity of a NATS user, account, operator, server or cluster, made from its seed.
/// </summary>
/// <remarks>The seed is held until <see cref="Dispose"/>, which overwrites it.</remarks>
public sealed class KeyPair : IDisposable
{
    private readonly byte[] _secret;
    private readonly byte _role;
    private bool _disposed;

    private KeyPair(byte role, byte[] secret)
    {
        _role = role;
        _secret = secret;
    }

    /// <summary>
    /// Reads a seed: 58 characters of base32 that begin with <c>S</c> and the letter of the role.
    /// </summary>
    /// <exception cref="FormatException">The text is not a valid seed; the message says why, without the
    /// text.</exception>
    public static KeyPair FromSeed(ReadOnlySpan<char> seed)
    {
        Span<byte> secret = stackalloc byte[Ed25519.SecretKeySize];
        try
        {
            var role = NKeyText.DecodeSeed(seed, secret);
            return new KeyPair(role, secret.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>
    /// Writes the 64 bytes of the signature of <paramref name="message"/> to <paramref name="signature"/>.
    /// </summary>
    /// <exception cref="ArgumentException">There is no room for 64 bytes.</exception>
    public void Sign(ReadOnlyMemory<byte> message, Memory<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (signature.Length < Ed25519.SignatureSize)
        {
            throw new ArgumentException(
                $"A signature takes {Ed25519.SignatureSize} bytes.", nameof(signature));
        }

        var signed = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_secret, 0, message.ToArray(), 0, message.Length, signed, 0);
        signed.CopyTo(signature);
    }

    /// <summary>The public key as text: 56 characters that begin with the letter of the role.</summary>
    public string GetPublicKey()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_secret, 0, publicKey, 0);
        return NKeyText.EncodePublicKey(_role, publicKey);
    }

    /// <summary>Overwrites the seed. The pair neither signs nor tells its public key any more.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        _disposed = true;
    }
}
