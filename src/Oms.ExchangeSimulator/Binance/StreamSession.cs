using System.Text.Json;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// One connection to the market streams: its subscriptions, and the requests that change them.
/// </summary>
internal sealed class StreamSession(SocketConnection connection, MarketStreams streams, bool isCombined)
{
    private const int StreamsMax = 1_024;

    private readonly SortedSet<string> _subscribed = new(StringComparer.Ordinal);

    public SocketConnection Connection { get; } = connection;

    /// <summary>Told of each name that is subscribed to; null where nobody is.</summary>
    public Action<string>? Subscribing { get; init; }

    public bool IsCombined { get; private set; } = isCombined;

    /// <summary>A fault keeps its events from it, as long as it lasts.</summary>
    public bool IsSilent { get; set; }

    public void Subscribe(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (_subscribed.Count < StreamsMax && _subscribed.Add(name))
            {
                streams.Subscribe(this, name);
                Subscribing?.Invoke(name);
            }
        }
    }

    public void Leave()
    {
        foreach (string name in _subscribed)
        {
            streams.Unsubscribe(this, name);
        }

        _subscribed.Clear();
    }

    /// <summary>Answers one request; always goes on.</summary>
    public bool OnMessage(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            _ = Connection.TrySend(Answer(document.RootElement));
        }
        catch (JsonException)
        {
            _ = Connection.TrySend(Error(default, 3, "Invalid JSON: expected a JSON object"));
        }

        return true;
    }

    private static ReadOnlyMemory<byte> Error(JsonElement id, int code, string text) => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("msg", text);
        WriteId(json, id);
        json.WriteEndObject();
    }).Result;

    private static ReadOnlyMemory<byte> Result(JsonElement id, Action<Utf8JsonWriter> write) =>
        ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("result");
            write(json);
            WriteId(json, id);
            json.WriteEndObject();
        }).Result;

    private static void WriteId(Utf8JsonWriter json, JsonElement id)
    {
        json.WritePropertyName("id");
        if (id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            id.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private ReadOnlyMemory<byte> Answer(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("method", out JsonElement method))
        {
            return Error(default, 2, "Invalid request: missing field `method`");
        }

        JsonElement id = request.TryGetProperty("id", out JsonElement given) ? given : default;
        string name = method.ValueKind == JsonValueKind.String ? method.GetString() ?? "" : "";
        string[] parameters = Parameters(request);
        switch (name)
        {
            case "SUBSCRIBE":
                Subscribe(parameters);
                return Result(id, json => json.WriteNullValue());
            case "UNSUBSCRIBE":
                Unsubscribe(parameters);
                return Result(id, json => json.WriteNullValue());
            case "LIST_SUBSCRIPTIONS":
                return Result(id, WriteSubscriptions);
            case "SET_PROPERTY":
                IsCombined = request.GetRawText().Contains("true", StringComparison.Ordinal);
                return Result(id, json => json.WriteNullValue());
            case "GET_PROPERTY":
                return Result(id, json => json.WriteBooleanValue(IsCombined));
            default:
                return Error(id, 2, $"Invalid request: unknown variant `{name}`");
        }
    }

    private static string[] Parameters(JsonElement request) =>
        request.TryGetProperty("params", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()
                .Where(each => each.ValueKind == JsonValueKind.String)
                .Select(each => each.GetString() ?? "")]
            : [];

    private void Unsubscribe(string[] names)
    {
        foreach (string name in names.Where(_subscribed.Remove))
        {
            streams.Unsubscribe(this, name);
        }
    }

    private void WriteSubscriptions(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (string name in _subscribed)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
