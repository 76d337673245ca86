using System.Text;
using Oms.Keys.Memory;

namespace Oms.Keys.Tests;

/// <summary>What a key is made from, and that it signs.</summary>
public sealed class KeyPairTests
{
    [Fact]
    public void An_hmac_key_signs_as_the_exchanges_document_does()
    {
        // Binance, Spot REST API, "SIGNED endpoint examples for POST /api/v3/order", as of 2026-01.
        using KeyPair pair = KeyPair.Of(
            "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
            "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"u8);

        Assert.Equal(
            "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
            Sign(
                pair,
                "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000" +
                "&timestamp=1499827319559"));
    }

    /// <summary>Seed, message and signature of RFC 8032, section 7.1.</summary>
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void An_ed25519_key_signs_as_its_standard_does(string seed, string message, string signature)
    {
        byte[] der = Convert.FromHexString("302e020100300506032b657004220420" + seed);
        string pem =
            $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(der)}\n-----END PRIVATE KEY-----\n";
        using KeyPair pair = KeyPair.Of("public", Encoding.ASCII.GetBytes(pem));

        Assert.Equal(ExchangeKeyKind.Ed25519, pair.Kind);
        byte[] made = new byte[KeyPair.SignatureLengthMax];
        Assert.Equal(64, pair.Sign(Convert.FromHexString(message), made));
        Assert.Equal(signature, Convert.ToHexStringLower(made));
    }

    [Theory]
    [InlineData("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")]
    [InlineData("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp\r\n+K06/nwoy/HU++CXqI9EdVhC")]
    [InlineData("MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")]
    public void Pem_is_read_in_the_forms_of_its_standard(string base64)
    {
        // RFC 8410, section 10.3: as it is shown there, over two lines, and with attributes and public key.
        using KeyPair pair = KeyPair.Of(
            "public",
            Encoding.ASCII.GetBytes($"-----BEGIN PRIVATE KEY-----\r\n{base64}\r\n-----END PRIVATE KEY-----"));

        Assert.True(Signatures.IsOfRfc8410(Sign(pair, "message"), "message"));
    }

    [Theory]
    [InlineData("PRIVATE KEY", "", "the private key is damaged")]
    [InlineData("PRIVATE KEY", "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06", "the private key is damaged")]
    [InlineData("PRIVATE KEY", "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC", "the private key is not an Ed25519 key")]
    [InlineData("PRIVATE KEY", "MC0CAQAwBQYDK2VwBCEEH9Tuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVg=", "the private key is not an Ed25519 key")]
    [InlineData("PRIVATE KEY", "MC4CAQ!!", "the private key is not well-formed PEM")]
    [InlineData("ENCRYPTED PRIVATE KEY", "MC4C", "the private key cannot be used: it is encrypted; decrypt it first, with: openssl pkey -in FILE")]
    [InlineData("RSA PRIVATE KEY", "MC4C", "the private key cannot be used: it begins with another label than PRIVATE KEY")]
    [InlineData("PUBLIC KEY", "MC4C", "the private key cannot be used: it begins with another label than PRIVATE KEY")]
    public void Pem_that_is_no_ed25519_key_is_refused(string label, string base64, string problem) =>
        Assert.Equal(problem, Assert.Throws<KeysException>(() => KeyPair.Of(
            "public",
            Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n{base64}\n-----END {label}-----"))).Message);

    [Theory]
    [InlineData("public\nsecret", "public", "secret")]
    [InlineData("public\r\nsecret\r\n\r\n", "public", "secret")]
    [InlineData("  public  \n  secret  \n", "public", "secret")]
    public void The_first_line_is_the_api_key_and_the_rest_the_secret(
        string text, string apiKey, string secret)
    {
        using var bytes = SecretBytes.CopyOf(Encoding.UTF8.GetBytes(text));
        using KeyPair pair = KeyPair.Parse(bytes);

        Assert.Equal(apiKey, pair.ApiKey);
        Assert.Equal(Signatures.Hmac(secret, "message"), Sign(pair, "message"));
    }

    [Theory]
    [InlineData("", "two lines at least")]
    [InlineData("onlyonehalf", "two lines at least")]
    [InlineData("\nsecrethalf", "the API key is not 1 to 128 printable ASCII characters without blanks")]
    [InlineData("pub lic\nsecrethalf", "the API key is not 1 to 128 printable")]
    [InlineData("publíc\nsecrethalf", "the API key is not 1 to 128 printable")]
    [InlineData("public\n", "the secret is neither PEM nor 1 to 512 printable ASCII characters without blanks")]
    [InlineData("public\nsecret half", "the secret is neither PEM")]
    [InlineData("public\nsecret\nhalf", "the secret is neither PEM")]
    [InlineData("public\nsecrét", "the secret is neither PEM")]
    public void A_half_that_is_missing_or_malformed_is_named_and_not_shown(string text, string problem)
    {
        using var bytes = SecretBytes.CopyOf(Encoding.UTF8.GetBytes(text));

        string message = Assert.Throws<KeysException>(() => KeyPair.Parse(bytes)).Message;

        Assert.StartsWith(problem, message);
        Assert.DoesNotContain("half", message);
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_the_api_key_and_shows_neither_half()
    {
        using KeyPair pair = KeyPair.Of("public", "secret"u8);

        // printf public | sha256sum
        Assert.Equal("efa1f375d76194fa", pair.Fingerprint);
        Assert.Equal("HmacSha256 key efa1f375d76194fa", pair.ToString());
    }

    [Fact]
    public void Signing_with_an_hmac_key_allocates_nothing()
    {
        using KeyPair pair = KeyPair.Of("public", "secret"u8);
        byte[] signature = new byte[KeyPair.SignatureLengthMax];
        _ = pair.Sign("message"u8, signature);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = pair.Sign("message"u8, signature);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_disposed_key_signs_no_more()
    {
        KeyPair pair = KeyPair.Of("public", "secret"u8);
        pair.Dispose();
        _ = Assert.Throws<ObjectDisposedException>(() => Sign(pair, "message"));
    }

    private static string Sign(KeyPair pair, string message)
    {
        byte[] signature = new byte[KeyPair.SignatureLengthMax];
        int length = pair.Sign(Encoding.UTF8.GetBytes(message), signature);
        return Convert.ToHexStringLower(signature.AsSpan(0, length));
    }
}
