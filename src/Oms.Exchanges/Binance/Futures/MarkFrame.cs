using System.Text.Json;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>A <c>markPriceUpdate</c>, alone or as <c>data</c> of a combined stream.</summary>
internal ref struct MarkFrame
{
    private Utf8JsonReader _reader;

    public bool IsMark;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> Price;
    public long EventUnixMs;

    /// <exception cref="JsonException">Not JSON, or a member of another type than documented.</exception>
    public static MarkFrame Read(ReadOnlySpan<byte> text)
    {
        var frame = new MarkFrame { _reader = new(text) };
        try
        {
            frame.ReadAll();
            return frame;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException(exception.Message);
        }
    }

    private void ReadAll()
    {
        _ = _reader.Read();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = _reader.ValueSpan;
            _ = _reader.Read();
            // The members of data are read as if they stood here; what follows its end is of no interest.
            if (name.SequenceEqual("data"u8) && _reader.TokenType == JsonTokenType.StartObject)
            {
                continue;
            }

            switch (name)
            {
                case [(byte)'e']:
                    IsMark = _reader.ValueTextEquals("markPriceUpdate"u8);
                    break;
                case [(byte)'s']:
                    Symbol = _reader.ValueSpan;
                    break;
                case [(byte)'p']:
                    Price = _reader.ValueSpan;
                    break;
                case [(byte)'E']:
                    EventUnixMs = _reader.GetInt64();
                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }
    }
}
