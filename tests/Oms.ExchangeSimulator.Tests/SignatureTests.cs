using System.Text.Json;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace Oms.ExchangeSimulator.Tests;

public sealed class SignatureTests
{
    private const string ApiKeyText = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string Parameters =
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000"
            + "&timestamp=1499827319559";

    [Theory]
    [InlineData(Parameters, "", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData("", Parameters, "C8DB56825AE71D6D79447849E617115F4A920FA2ACDCAB2B053C4B2838BD6B71")]
    [InlineData(
        "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC"
            + "&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
        "", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    public void The_published_rest_vectors_verify(string query, string body, string signature)
    {
        HmacKey key = new(Secret);
        string signed = $"{(query.Length == 0 ? "" : query + "&")}signature={signature}";
        Assert.True(key.IsSignedBy(RestPayload.Of(signed, body), signature));
        Assert.False(key.IsSignedBy(RestPayload.Of(signed + "&more=1", body), signature));
    }

    [Fact]
    public void A_signature_is_taken_out_wherever_it_stands()
    {
        Assert.Equal("a=1&b=2"u8, RestPayload.Of("a=1&signature=x&b=2", ""));
        Assert.Equal("a=1&b=2"u8, RestPayload.Of("signature=x&a=1&b=2", ""));
        Assert.Equal("a=1b=2"u8, RestPayload.Of("a=1", "b=2&signature=x"));
    }

    [Fact]
    public void The_published_socket_vector_verifies()
    {
        RequestParameters parameters = RequestParameters.FromJson(JsonDocument.Parse($$"""
            {"symbol":"BTCUSDT","side":"SELL","type":"LIMIT","timeInForce":"GTC","quantity":"0.01000000",
             "price":"52000.00","recvWindow":100,"timestamp":1645423376532,"apiKey":"{{ApiKeyText}}",
             "signature":"aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24"}
            """).RootElement);
        Assert.True(
            new HmacKey(Secret).IsSignedBy(parameters.SortedPayload(), parameters["signature"] ?? ""));
    }

    [Fact]
    public void Every_request_of_real_clients_is_accepted_and_none_with_a_byte_flipped()
    {
        int accepted = 0;
        foreach (string path in Directory.EnumerateFiles(
            RecordedFiles.Path("payloads", "generated-request-vectors"), "*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement meta = document.RootElement.GetProperty("meta");
            foreach (JsonElement request in document.RootElement.GetProperty("requests").EnumerateArray())
            {
                accepted += Check(meta, request) ? 1 : 0;
            }
        }

        Assert.Equal(130, accepted);
    }

    [Theory]
    //          timestamp - server, receive window, code
    [InlineData(0, null, 0)]
    [InlineData(999, null, 0)]
    [InlineData(1_000, null, -1021)]
    [InlineData(-5_000, null, 0)]
    [InlineData(-5_001, null, -1021)]
    [InlineData(-59_000, "60000", 0)]
    [InlineData(0, "60001", -1131)]
    [InlineData(-1, "0.5", -1021)]
    public void A_timestamp_must_be_recent_and_not_ahead(long offsetMs, string? window, int code)
    {
        const long ServerMs = 1_700_000_000_000;
        string text = $"timestamp={ServerMs + offsetMs}" + (window is null ? "" : $"&recvWindow={window}");
        Authenticator authenticator = new([], () => ServerMs);
        Assert.Equal(code, authenticator.CheckTime(RequestParameters.FromRest(text, ""))?.Code ?? 0);
        string micros = text.Replace(
            $"{ServerMs + offsetMs}", $"{ServerMs + offsetMs}000", StringComparison.Ordinal);
        Assert.Equal(code, authenticator.CheckTime(RequestParameters.FromRest(micros, ""))?.Code ?? 0);
    }

    private static bool Check(JsonElement meta, JsonElement request)
    {
        string query = Text(request, "query");
        string body = Text(request, "body");
        string path = Text(request, "path");
        RequestParameters parameters = Text(request, "kind") == "ws-in"
            ? Frame(request)
            : RequestParameters.FromRest(query, body);
        bool isOurs = path.StartsWith("/api/v3", StringComparison.Ordinal)
            || path.StartsWith("/sapi", StringComparison.Ordinal)
            || path.StartsWith("/fapi", StringComparison.Ordinal)
            || (Text(request, "target").Contains("ws-api/v3", StringComparison.Ordinal)
                && parameters["apiKey"] is not null);
        if (!isOurs || parameters["signature"] is not { } signature || IsLogonWithHmac(meta, request))
        {
            return false;
        }

        ISigningKey signer = KeyOf(meta);
        string apiKey = Text(meta, "apiKey");
        ApiKey key = new(apiKey, new Account("a", 1, TestExchange.NoLimits), signer, ["SPOT"]);
        long sentMs = long.Parse(parameters["timestamp"] ?? "0");
        Authenticator authenticator = new([key], () => sentMs);
        byte[] payload = path.Length > 0 ? RestPayload.Of(query, body) : parameters.SortedPayload();
        Assert.Same(key, authenticator.Identify(apiKey).Key);
        Assert.Null(authenticator.CheckSigned(key, parameters, payload));
        payload[payload.Length / 2] ^= 1;
        Assert.Equal(ApiError.BadSignature, authenticator.CheckSigned(key, parameters, payload));
        Assert.False(signer.IsSignedBy(payload, signature));
        return true;
    }

    /// <summary>
    /// One client signs its session.logon in base64 with an HMAC key, which the exchange refuses.
    /// </summary>
    private static bool IsLogonWithHmac(JsonElement meta, JsonElement request) =>
        meta.TryGetProperty("secret", out _)
        && Text(request, "frame").Contains("session.logon", StringComparison.Ordinal);

    private static RequestParameters Frame(JsonElement request)
    {
        using JsonDocument frame = JsonDocument.Parse(Text(request, "frame"));
        return RequestParameters.FromJson(
            frame.RootElement.TryGetProperty("params", out JsonElement parameters) ? parameters : default);
    }

    private static ISigningKey KeyOf(JsonElement meta)
    {
        if (meta.TryGetProperty("secret", out JsonElement secret))
        {
            return new HmacKey(secret.GetString() ?? "");
        }

        using PemReader reader = new(new StringReader(Text(meta, "privateKeyPem")));
        Ed25519PrivateKeyParameters privateKey = (Ed25519PrivateKeyParameters)reader.ReadObject();
        using StringWriter pem = new();
        using (PemWriter writer = new(pem))
        {
            writer.WriteObject(privateKey.GeneratePublicKey());
        }

        return Ed25519Key.FromPem(pem.ToString()) ?? throw new InvalidOperationException("no Ed25519 key");
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
