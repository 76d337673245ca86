using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.OpenSsl;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>An Ed25519 public key; its signatures are base64.</summary>
internal sealed class Ed25519Key(Ed25519PublicKeyParameters publicKey) : ISigningKey
{
    public bool MayLogOn => true;

    /// <summary>Null when the text is not an Ed25519 public key in PEM.</summary>
    public static Ed25519Key? FromPem(string pem)
    {
        try
        {
            using PemReader reader = new(new StringReader(pem));
            return reader.ReadObject() is Ed25519PublicKeyParameters key ? new Ed25519Key(key) : null;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            return null;
        }
    }

    public bool IsSignedBy(ReadOnlySpan<byte> payload, string signature)
    {
        Span<byte> given = stackalloc byte[Ed25519PrivateKeyParameters.SignatureSize];
        if (!Convert.TryFromBase64String(signature, given, out int length) || length != given.Length)
        {
            return false;
        }

        Ed25519Signer verifier = new();
        verifier.Init(forSigning: false, publicKey);
        verifier.BlockUpdate(payload);
        return verifier.VerifySignature(given.ToArray());
    }
}
