using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>A client of the test account with the HMAC key, over REST and sockets.</summary>
internal static class TestClient
{
    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> SendAsync(
        this HttpClient rest,
        string verb,
        string path,
        string parameters = "",
        CancellationToken token = default)
    {
        using HttpRequestMessage request = Signed(verb, path, parameters);
        HttpResponseMessage response = await rest.SendAsync(request, token);
        string body = await response.Content.ReadAsStringAsync(token);
        return ((int)response.StatusCode, Parse(body.Length == 0 ? "null" : body), response);
    }

    /// <summary>A request that is signed now.</summary>
    public static HttpRequestMessage Signed(string verb, string path, string parameters)
    {
        string query = $"{parameters}{(parameters.Length == 0 ? "" : "&")}timestamp={Now}&recvWindow=60000";
        HttpRequestMessage request = new(
            new HttpMethod(verb), $"{path}?{query}&signature={TestKeys.Hmac(query)}");
        request.Headers.Add("X-MBX-APIKEY", SimulatorProcess.HmacKey);
        return request;
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient rest, string path) =>
        Parse(await rest.GetStringAsync(path));

    public static async Task FaultAsync(this HttpClient rest, string json)
    {
        using StringContent content = new(json);
        _ = (await rest.PostAsync("/sim/faults", content)).EnsureSuccessStatusCode();
    }

    public static async Task SendTextAsync(this ClientWebSocket socket, string text)
    {
        using CancellationTokenSource deadline = new(SimulatorProcess.Patience);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, deadline.Token);
    }

    /// <summary>A request of the WebSocket API, signed over its sorted parameters.</summary>
    public static Task CallAsync(
        this ClientWebSocket socket,
        string method,
        bool isHmac = true,
        params (string Name, string Value)[] parameters)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["apiKey"] = isHmac ? SimulatorProcess.HmacKey : SimulatorProcess.Ed25519Key,
            ["timestamp"] = $"{Now}",
        };
        foreach ((string name, string value) in parameters)
        {
            all[name] = value;
        }

        string payload = string.Join('&', all.Select(pair => $"{pair.Key}={pair.Value}"));
        all["signature"] = isHmac ? TestKeys.Hmac(payload) : TestKeys.Ed25519(payload);
        return socket.SendTextAsync(JsonSerializer.Serialize(new { id = method, method, @params = all }));
    }

    /// <summary>The next message for which the condition holds.</summary>
    public static async Task<JsonElement> ReceiveAsync(
        this ClientWebSocket socket, Func<JsonElement, bool> isWanted)
    {
        using CancellationTokenSource deadline = new(SimulatorProcess.Patience);
        byte[] buffer = new byte[1 << 20];
        while (true)
        {
            int length = 0;
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(
                    new ArraySegment<byte>(buffer, length, buffer.Length - length), deadline.Token);
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    // However the connection was cut, nothing more comes.
                    throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
                }
            }
            while (!received.EndOfMessage);

            JsonElement message = Parse(Encoding.UTF8.GetString(buffer, 0, length));
            if (isWanted(message))
            {
                return message;
            }
        }
    }

    /// <summary>The next user data event of a kind.</summary>
    public static async Task<JsonElement> ReceiveEventAsync(this ClientWebSocket socket, string kind) =>
        (await socket.ReceiveAsync(message => message.TryGetProperty("event", out JsonElement told)
            && told.GetProperty("e").GetString() == kind)).GetProperty("event");

    /// <summary>The next user data event of futures of a kind.</summary>
    public static Task<JsonElement> ReceiveFuturesAsync(this ClientWebSocket socket, string kind) =>
        socket.ReceiveAsync(message => message.TryGetProperty("e", out JsonElement told) && told.GetString() == kind);

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
