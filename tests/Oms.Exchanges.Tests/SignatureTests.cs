using System.Text.Json;
using Oms.Exchanges.Binance;

namespace Oms.Exchanges.Tests;

/// <summary>Vectors of Binance's documentation (2026-07), and what real clients sent.</summary>
public sealed class SignatureTests
{
    private const string Documented =
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000"
        + "&timestamp=1499827319559";

    [Theory]
    [InlineData(
        Some.DocumentedSecret, Documented,
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData(
        Some.DocumentedSecret,
        "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC"
        + "&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
        "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    [InlineData(
        "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000"
        + "&timestamp=1591702613943",
        "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9")]
    public void Documented_requests_have_the_documented_signature(
        string secret, string text, string signature) =>
        Assert.Equal($"{text}&signature={signature}", RequestSigner.SignRest(text, Some.Hmac(secret)));

    [Fact]
    public void Parameters_are_encoded_first_and_signed_then()
    {
        string parameters = new RequestParameters()
            .Add("symbol", "１２３４５６").Add("side", "BUY").Add("type", "LIMIT").Add("timeInForce", "GTC")
            .Add("quantity", 1).Add("price", "0.1").ToString();
        Assert.EndsWith(
            "&recvWindow=5000&timestamp=1499827319559"
            + "&signature=e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3",
            RequestSigner.SignRest(parameters, 5000, 1499827319559, Some.Hmac(Some.DocumentedSecret)));
    }

    [Fact]
    public void Socket_requests_are_signed_over_sorted_unencoded_parameters()
    {
        KeyValuePair<string, string>[] parameters =
        [
            new("symbol", "BTCUSDT"), new("side", "SELL"), new("type", "LIMIT"), new("timeInForce", "GTC"),
            new("quantity", "0.01000000"), new("price", "52000.00"), new("recvWindow", "100"),
            new("timestamp", "1645423376532"),
            new("apiKey", "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"),
        ];
        Assert.Equal(
            "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24",
            RequestSigner.SignWebSocketApi(parameters, Some.Hmac(Some.DocumentedSecret)));
    }

    /// <summary>Ed25519 signs the same bytes the same way, always.</summary>
    [Fact]
    public void Same_parameters_in_the_same_order_get_the_signature_of_real_clients()
    {
        int checkedCount = Vectors().Count(vector =>
            vector.Request.GetProperty("kind").GetString() == "http" && CheckRest(vector.Key, vector.Request));
        Assert.Equal(103 + 19, checkedCount);
    }

    [Fact]
    public void Frames_of_real_clients_have_the_signature_that_they_sent()
    {
        int checkedCount = Vectors().Count(vector =>
            vector.Request.GetProperty("kind").GetString() == "ws-in" && CheckFrame(vector.Key, vector.Request));
        Assert.Equal(11, checkedCount);
    }

    private static IEnumerable<(SigningKey Key, JsonElement Request)> Vectors()
    {
        foreach (string path in Directory.EnumerateFiles(
            Recordings.Path("payloads", "generated-request-vectors"), "*binance*.json"))
        {
            JsonElement root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
            JsonElement meta = root.GetProperty("meta");
            SigningKey key = meta.TryGetProperty("privateKeyPem", out JsonElement pem)
                ? Some.Ed25519(pem.GetString()!)
                : Some.Hmac(meta.GetProperty("secret").GetString()!);
            foreach (JsonElement request in root.GetProperty("requests").EnumerateArray())
            {
                yield return (key, request);
            }
        }
    }

    private static bool CheckRest(SigningKey key, JsonElement request)
    {
        string sent = request.GetProperty("query").GetString() + request.GetProperty("body").GetString();
        int at = sent.IndexOf("&signature=", StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        Assert.Equal(sent, RequestSigner.SignRest(sent[..at], key));
        return true;
    }

    private static bool CheckFrame(SigningKey key, JsonElement request)
    {
        using JsonDocument frame = JsonDocument.Parse(request.GetProperty("frame").GetString()!);
        bool isSigned = frame.RootElement.GetProperty("params") is { ValueKind: JsonValueKind.Object } parameters
            && parameters.TryGetProperty("signature", out _);
        if (!isSigned)
        {
            return false;
        }

        JsonElement sent = frame.RootElement.GetProperty("params");
        string signature = RequestSigner.SignWebSocketApi(
            sent.EnumerateObject().Where(each => each.Name != "signature")
                .Select(each => KeyValuePair.Create(each.Name, each.Value.ToString())),
            key);
        string given = sent.GetProperty("signature").GetString()!;
        bool isHexadecimal = key.Kind == SigningKind.Ed25519 || given.Length == signature.Length;
        // One client writes what HMAC makes in base64, which the exchange refuses.
        Assert.Equal(given, isHexadecimal ? signature : Convert.ToBase64String(Convert.FromHexString(signature)));
        return true;
    }
}
