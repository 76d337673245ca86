using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.OpenSsl;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>The keys of the test accounts.</summary>
internal static class TestKeys
{
    private static readonly Ed25519PrivateKeyParameters PrivateKey = new(SHA256.HashData("a test key"u8));

    public static string PublicPem
    {
        get
        {
            using StringWriter text = new();
            using (PemWriter writer = new(text))
            {
                writer.WriteObject(PrivateKey.GeneratePublicKey());
            }

            return text.ToString();
        }
    }

    /// <summary>As PKCS #8 without the public half, which some clients cannot read.</summary>
    public static string PrivatePem => PemEncoding.WriteString(
        "PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. PrivateKey.GetEncoded()]);

    public static string Ed25519(string payload)
    {
        Ed25519Signer signer = new();
        signer.Init(forSigning: true, PrivateKey);
        signer.BlockUpdate(Encoding.UTF8.GetBytes(payload));
        return Convert.ToBase64String(signer.GenerateSignature());
    }

    public static string Hmac(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(SimulatorProcess.HmacSecret), Encoding.UTF8.GetBytes(payload)));
}
