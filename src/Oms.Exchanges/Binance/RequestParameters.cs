using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Oms.Exchanges.Binance;

/// <summary>The parameters of a request in the order in which they are sent.</summary>
internal sealed class RequestParameters
{
    private readonly List<RequestParameter> _all = new(16);

    public RequestParameters Add(string name, string value) => Add(new(name, value, IsNumber: false));

    public RequestParameters Add(string name, long value) =>
        Add(new(name, value.ToString(CultureInfo.InvariantCulture), IsNumber: true));

    public RequestParameter First => _all[0];

    public RequestParameter Last => _all[^1];

    /// <summary>Percent-encoded, as REST has them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(256);
        foreach (RequestParameter each in _all)
        {
            _ = text.Append(text.Length == 0 ? "" : "&").Append(each.Name).Append('=')
                .Append(Uri.EscapeDataString(each.Value));
        }

        return text.ToString();
    }

    /// <summary>As names and values, not encoded.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs() =>
        _all.Select(each => KeyValuePair.Create(each.Name, each.Value));

    /// <summary>These and others behind them: what is added to the copy is not added here.</summary>
    public RequestParameters Copy()
    {
        var copy = new RequestParameters();
        copy._all.AddRange(_all);
        return copy;
    }

    /// <summary>As an object of JSON, in which numbers are texts, as batches have them.</summary>
    public void WriteTexts(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (RequestParameter each in _all)
        {
            writer.WriteString(each.Name, each.Value);
        }

        writer.WriteEndObject();
    }

    /// <summary>As a request of the WebSocket API.</summary>
    public byte[] ToFrame(long id, string method)
    {
        using var stream = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("method", method);
            writer.WriteStartObject("params");
            foreach (RequestParameter each in _all)
            {
                writer.WritePropertyName(each.Name);
                each.WriteValue(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private RequestParameters Add(RequestParameter parameter)
    {
        _all.Add(parameter);
        return this;
    }
}
