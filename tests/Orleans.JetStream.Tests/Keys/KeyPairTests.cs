using System.Text;
using NATS.NKeys;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Orleans.JetStream.Tests.Keys;

public sealed class KeyPairTests
{
    /// <summary>The seed and public key of RFC 8032, section 7.1, test 1, as the nkey of a user.</summary>
    private const string RfcUserSeed = "SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALCA";

    private const string RfcSignatureOfNothing =
        "E5564300C360AC729086E2CC806E828A84877F1EB8E5D974D873E06522490155"
        + "5FB8821590A33BACC61E39701CF9B46BD25BF5F0595BBE24655141438E7A100B";

    [Theory]
    [InlineData(
        "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY",
        "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4")]
    [InlineData(
        "SAAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YHY3Q",
        "ADLVVGABQKYQVN6VJP7NHSLEA45A5YLS6PNKMIZFV4BBU2HXA5IRVRTU")]
    [InlineData(
        "SCAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YH2DI",
        "CDLVVGABQKYQVN6VJP7NHSLEA45A5YLS6PNKMIZFV4BBU2HXA5IRUDRI")]
    [InlineData(
        "SNAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YFXBM",
        "NDLVVGABQKYQVN6VJP7NHSLEA45A5YLS6PNKMIZFV4BBU2HXA5IRUM4A")]
    [InlineData(
        "SOAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YFUVY",
        "ODLVVGABQKYQVN6VJP7NHSLEA45A5YLS6PNKMIZFV4BBU2HXA5IRVH7S")]
    [InlineData(
        RfcUserSeed,
        "UDLVVGABQKYQVN6VJP7NHSLEA45A5YLS6PNKMIZFV4BBU2HXA5IRUVAL")]
    public void A_seed_of_every_role_has_its_public_key(string seed, string publicKey)
    {
        using var keys = KeyPair.FromSeed(seed);
        Assert.Equal(publicKey, keys.GetPublicKey());
    }

    [Fact]
    public void A_signature_is_that_of_rfc_8032()
    {
        using var keys = KeyPair.FromSeed(RfcUserSeed);
        var signature = new byte[Ed25519.SignatureSize];
        keys.Sign(ReadOnlyMemory<byte>.Empty, signature);
        Assert.Equal(RfcSignatureOfNothing, Convert.ToHexString(signature));
    }

    [Fact]
    public void Another_message_has_another_signature()
    {
        using var keys = KeyPair.FromSeed(RfcUserSeed);
        var first = new byte[Ed25519.SignatureSize];
        var second = new byte[Ed25519.SignatureSize];
        keys.Sign(Encoding.UTF8.GetBytes("nonce 1"), first);
        keys.Sign(Encoding.UTF8.GetBytes("nonce 2"), second);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("", "58 characters, this text has 0")]
    [InlineData("SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALC", "this text has 57")]
    [InlineData("SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALCB", "does not end on a whole byte")]
    [InlineData("SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALDA", "checksum")]
    [InlineData("SUBJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALCA", "checksum")]
    [InlineData("suaj2ynrtxx72wtaxkcev5es5qwmircjyvuxwmtjdfydxladdsxh6yalca", "letters A to Z")]
    [InlineData("SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YAL01", "letters A to Z")]
    [InlineData("SXAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YAIWU", "no role that signs")]
    public void A_bad_seed_is_refused_with_the_reason_and_without_the_seed(string seed, string reason)
    {
        var refusal = Assert.Throws<FormatException>(() => KeyPair.FromSeed(seed));
        Assert.Contains(reason, refusal.Message);
        Assert.False(seed.Length > 0 && refusal.Message.Contains(seed));
    }

    [Fact]
    public void A_disposed_key_neither_signs_nor_tells_its_public_key()
    {
        var keys = KeyPair.FromSeed(RfcUserSeed);
        keys.Dispose();
        Assert.Throws<ObjectDisposedException>(() => keys.GetPublicKey());
        Assert.Throws<ObjectDisposedException>(() => keys.Sign(new byte[1], new byte[Ed25519.SignatureSize]));
    }

    [Fact]
    public void A_signature_needs_64_bytes_of_room()
    {
        using var keys = KeyPair.FromSeed(RfcUserSeed);
        Assert.Throws<ArgumentException>(() => keys.Sign(new byte[1], new byte[Ed25519.SignatureSize - 1]));
    }

    [Fact]
    public void NATS_Net_finds_the_assembly_it_was_built_against()
    {
        var assembly = typeof(KeyPair).Assembly.GetName();
        Assert.Equal("NATS.NKeys", assembly.Name);
        Assert.Equal(new Version(1, 0, 1, 0), assembly.Version);
    }
}
