using System.Text.Json;

namespace Oms.Exchanges.Binance;

/// <summary>
/// A depth diff <c>{e,E,s,U,u,pu,b,a}</c> or a snapshot <c>{lastUpdateId,bids,asks}</c>, its levels not yet
/// read: they are where the readers stand.
/// </summary>
internal ref struct DepthFrame
{
    private Utf8JsonReader _reader;

    /// <summary><c>s</c>; empty in a snapshot.</summary>
    public ReadOnlySpan<byte> Symbol;
    public long EventUnixMs;

    /// <summary><c>U</c>.</summary>
    public long FirstUpdateId;

    /// <summary><c>u</c>, or a snapshot's <c>lastUpdateId</c>.</summary>
    public long LastUpdateId;

    /// <summary><c>pu</c>, of futures: the last update of the diff before.</summary>
    public long PreviousUpdateId;
    public Utf8JsonReader Bids;
    public Utf8JsonReader Asks;

    /// <summary>
    /// Reads the object, also as <c>data</c> of a combined stream; false when it is something else.
    /// </summary>
    /// <exception cref="JsonException">Not JSON, or a member of another type than documented.</exception>
    public static bool TryRead(ReadOnlySpan<byte> text, out DepthFrame frame)
    {
        frame = new() { _reader = new(text) };
        try
        {
            return frame.TryReadAll();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException(exception.Message);
        }
    }

    private bool TryReadAll()
    {
        bool hasBids = false;
        bool hasAsks = false;
        _ = _reader.Read();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = _reader.ValueSpan;
            _ = _reader.Read();
            bool isData = name.SequenceEqual("data"u8) && _reader.TokenType == JsonTokenType.StartObject;
            // The members of data are read as if they stood here; what follows its end is of no interest.
            if (isData || TryReadMember(name))
            {
                continue;
            }

            bool isBids = name.SequenceEqual("b"u8) || name.SequenceEqual("bids"u8);
            bool isAsks = name.SequenceEqual("a"u8) || name.SequenceEqual("asks"u8);
            if ((isBids || isAsks) && _reader.TokenType == JsonTokenType.StartArray)
            {
                hasBids |= isBids;
                hasAsks |= isAsks;
                Mark(isBids);
            }

            _reader.Skip();
        }

        return hasBids && hasAsks && LastUpdateId > 0;
    }

    private void Mark(bool isBids)
    {
        if (isBids)
        {
            Bids = _reader;
        }
        else
        {
            Asks = _reader;
        }
    }

    private bool TryReadMember(ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case [(byte)'s']:
                Symbol = _reader.ValueSpan;
                return true;
            case [(byte)'E']:
                EventUnixMs = _reader.GetInt64();
                return true;
            case [(byte)'U']:
                FirstUpdateId = _reader.GetInt64();
                return true;
            case [(byte)'u']:
            case var _ when name.SequenceEqual("lastUpdateId"u8):
                LastUpdateId = _reader.GetInt64();
                return true;
            case var _ when name.SequenceEqual("pu"u8):
                PreviousUpdateId = _reader.GetInt64();
                return true;
            default:
                return false;
        }
    }
}
