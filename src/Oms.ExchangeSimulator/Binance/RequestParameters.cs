using System.Text;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// A request's parameters, decoded, whichever way they came. Unknown ones are nobody's business.
/// </summary>
internal sealed class RequestParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    public IEnumerable<KeyValuePair<string, string>> All => _values;

    /// <summary>From a query and a form body; of a name in both, the query's value holds.</summary>
    public static RequestParameters FromRest(string query, string body)
    {
        RequestParameters parameters = new();
        parameters.Add(query);
        parameters.Add(body);
        return parameters;
    }

    /// <summary>From the params object of a WebSocket request; numbers enter as their text.</summary>
    public static RequestParameters FromJson(JsonElement parameters)
    {
        RequestParameters read = new();
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in parameters.EnumerateObject())
            {
                read._values[property.Name] = property.Value.ValueKind == JsonValueKind.String
                    ? property.Value.GetString() ?? ""
                    : property.Value.GetRawText();
            }
        }

        return read;
    }

    public static RequestParameters Of(params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        RequestParameters given = new();
        foreach ((string name, string value) in parameters)
        {
            given._values[name] = value;
        }

        return given;
    }

    /// <summary>What a WebSocket request signs: all but the signature, by name, not encoded.</summary>
    public byte[] SortedPayload()
    {
        IEnumerable<string> pairs = _values
            .Where(pair => pair.Key != "signature")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}");
        return Encoding.UTF8.GetBytes(string.Join('&', pairs));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private void Add(string pairs)
    {
        foreach (string pair in pairs.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = Decode(equals < 0 ? pair : pair[..equals]);
            _ = _values.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
    }
}
