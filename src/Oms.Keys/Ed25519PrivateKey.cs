using System.Buffers;
using System.Buffers.Text;
using System.Formats.Asn1;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Oms.Keys.Memory;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Oms.Keys;

/// <summary>
/// Ed25519 (RFC 8032) under a seed in locked memory. The seed is read from PEM as RFC 8410 writes it, and as
/// <c>openssl genpkey -algorithm ed25519</c> does.
/// </summary>
internal static class Ed25519PrivateKey
{
    public const int SeedLength = 32;
    public const int PublicKeyLength = 32;
    public const int SignatureLength = 64;

    private const string Algorithm = "1.3.101.112";

    /// <summary>More than the signing code uses of the stack below its caller.</summary>
    private const int StackUsedBytesMax = 16 * 1024;

    /// <returns>The seed of 32 bytes.</returns>
    /// <exception cref="KeysException">It is no such key; shows nothing of it.</exception>
    public static SecretBytes ReadPem(ReadOnlySpan<byte> pem)
    {
        if (!PemEncoding.TryFindUtf8(pem, out PemFields fields))
        {
            throw new KeysException("the private key is not well-formed PEM");
        }

        if (!pem[fields.Label].SequenceEqual("PRIVATE KEY"u8))
        {
            string hint = pem[fields.Label].SequenceEqual("ENCRYPTED PRIVATE KEY"u8)
                ? "it is encrypted; decrypt it first, with: openssl pkey -in FILE"
                : "it begins with another label than PRIVATE KEY";
            throw new KeysException($"the private key cannot be used: {hint}");
        }

        using SecretBytes der = SecretBytes.Allocate(fields.DecodedDataLength, out Span<byte> memory);
        OperationStatus status =
            Base64.DecodeFromUtf8(pem[fields.Base64Data], memory, out _, out int length);
        return status == OperationStatus.Done
            ? ReadDer(memory[..length])
            : throw new KeysException("the private key is not well-formed PEM");
    }

    /// <param name="publicKey">Receives 32 bytes.</param>
    public static void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Ed25519.GeneratePublicKey(seed, publicKey);
        WipeStack();
    }

    /// <param name="signature">Receives 64 bytes.</param>
    /// <returns>64.</returns>
    public static int Sign(
        ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message,
        Span<byte> signature)
    {
        Ed25519.Sign(seed, publicKey, message, signature[..SignatureLength]);
        WipeStack();
        return SignatureLength;
    }

    private static SecretBytes ReadDer(ReadOnlySpan<byte> der)
    {
        try
        {
            // SEQUENCE { version, SEQUENCE { algorithm }, OCTET STRING { OCTET STRING { seed } }, … }
            ReadOnlySpan<byte> key = ReadSequence(der, out _);
            _ = AsnDecoder.TryReadInt32(key, AsnEncodingRules.DER, out _, out int read);
            key = key[read..];
            ReadOnlySpan<byte> algorithm = ReadSequence(key, out read);
            key = key[read..];
            if (AsnDecoder.ReadObjectIdentifier(algorithm, AsnEncodingRules.DER, out _) == Algorithm
                && AsnDecoder.TryReadPrimitiveOctetString(
                    key, AsnEncodingRules.DER, out ReadOnlySpan<byte> outer, out _)
                && AsnDecoder.TryReadPrimitiveOctetString(
                    outer, AsnEncodingRules.DER, out ReadOnlySpan<byte> seed, out _)
                && seed.Length == SeedLength)
            {
                return SecretBytes.CopyOf(seed);
            }

            throw new KeysException("the private key is not an Ed25519 key");
        }
        catch (AsnContentException)
        {
            throw new KeysException("the private key is damaged");
        }
    }

    private static ReadOnlySpan<byte> ReadSequence(ReadOnlySpan<byte> der, out int read)
    {
        AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out int offset, out int length, out read);
        return der.Slice(offset, length);
    }

    /// <summary>The signing code leaves on the stack what is as good as the key.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WipeStack()
    {
        Span<byte> used = stackalloc byte[StackUsedBytesMax];
        CryptographicOperations.ZeroMemory(used);
    }
}
