using System.Globalization;
using System.Text;

namespace Oms.Exchanges.Binance;

/// <summary>The parameters of a request in the order in which they are sent, percent-encoded.</summary>
internal sealed class RequestParameters
{
    private readonly StringBuilder _text = new(256);

    public RequestParameters Add(string name, string value)
    {
        string separator = _text.Length == 0 ? "" : "&";
        _ = _text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public RequestParameters Add(string name, long value) =>
        Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
