using System.Text.Json;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// An event of the user data of USDⓈ-M Futures read in one pass, without a copy (2026-07):
/// <c>{e,E,T,o:{…}}</c> of an order, <c>{e,E,T,a:{m,…}}</c> of an account. Members may come in any order; those that
/// are not named here are skipped.
/// </summary>
internal ref struct FuturesFrame
{
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;

    private FuturesFrame(ReadOnlySpan<byte> text)
    {
        _text = text;
        _reader = new(text);
    }

    /// <summary><c>e</c>; empty for the answer to a request.</summary>
    public ReadOnlySpan<byte> EventType;

    /// <summary><c>a.m</c>: why an account changed.</summary>
    public ReadOnlySpan<byte> Reason;

    /// <summary><c>a.B</c>: the array of the wallets that changed, as it came.</summary>
    public ReadOnlySpan<byte> Wallets;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> ClientOrderId;
    public ReadOnlySpan<byte> ExecutionType;
    public ReadOnlySpan<byte> OrderStatus;
    public ReadOnlySpan<byte> Side;
    public ReadOnlySpan<byte> PositionSide;
    public ReadOnlySpan<byte> OrderType;
    public ReadOnlySpan<byte> TimeInForce;
    public ReadOnlySpan<byte> OrderPrice;
    public ReadOnlySpan<byte> OrderQuantity;
    public ReadOnlySpan<byte> LastQuantity;
    public ReadOnlySpan<byte> CumulativeQuantity;
    public ReadOnlySpan<byte> LastPrice;

    /// <summary>Neither it nor its asset is there when there is none.</summary>
    public ReadOnlySpan<byte> Fee;
    public ReadOnlySpan<byte> FeeAsset;
    public long OrderId;

    /// <summary><c>aid</c>, of a conditional order.</summary>
    public long AlgoId;
    public long TradeId;
    public long TransactionUnixMs;
    public bool IsMaker;
    public bool IsReduceOnly;

    /// <exception cref="JsonException">Not JSON, or a member of another type than documented.</exception>
    public static FuturesFrame Read(ReadOnlySpan<byte> text)
    {
        var frame = new FuturesFrame(text);
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
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (IsAtMember())
        {
            ReadOnlySpan<byte> name = Name();
            bool isObject = _reader.TokenType == JsonTokenType.StartObject;
            if (isObject && name is [(byte)'o'])
            {
                ReadMembers(isOrder: true);
            }
            else if (isObject && name is [(byte)'a'])
            {
                ReadMembers(isOrder: false);
            }
            else
            {
                ReadOuterMember(name);
            }
        }
    }

    private void ReadMembers(bool isOrder)
    {
        while (IsAtMember())
        {
            ReadOnlySpan<byte> name = Name();
            switch (_reader.TokenType)
            {
                case JsonTokenType.String when isOrder:
                    ReadText(name, Text());
                    break;
                case JsonTokenType.String when name is [(byte)'m']:
                    Reason = Text();
                    break;
                case JsonTokenType.StartArray when !isOrder && name is [(byte)'B']:
                    int start = (int)_reader.TokenStartIndex;
                    _reader.Skip();
                    Wallets = _text[start..(int)_reader.BytesConsumed];
                    break;
                case JsonTokenType.Number when isOrder:
                    ReadNumber(name);
                    break;
                case JsonTokenType.True or JsonTokenType.False when isOrder:
                    ReadFlag(name);
                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }
    }

    private void ReadOuterMember(ReadOnlySpan<byte> name)
    {
        if (_reader.TokenType == JsonTokenType.String && name is [(byte)'e'])
        {
            EventType = Text();
        }
        else if (_reader.TokenType == JsonTokenType.Number && name is [(byte)'T'])
        {
            TransactionUnixMs = _reader.GetInt64();
        }
        else
        {
            _reader.Skip();
        }
    }

    private bool IsAtMember() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>The name of the member, and the reader at its value.</summary>
    private ReadOnlySpan<byte> Name()
    {
        ReadOnlySpan<byte> name = _reader.ValueSpan;
        _ = _reader.Read();
        return name;
    }

    private void ReadText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case [(byte)'s']: Symbol = value; break;
            case [(byte)'c']: ClientOrderId = value; break;
            case var _ when name.SequenceEqual("caid"u8): ClientOrderId = value; break;
            case [(byte)'x']: ExecutionType = value; break;
            case [(byte)'X']: OrderStatus = value; break;
            case [(byte)'S']: Side = value; break;
            case var _ when name.SequenceEqual("ps"u8): PositionSide = value; break;
            case [(byte)'o']: OrderType = value; break;
            case [(byte)'f']: TimeInForce = value; break;
            case [(byte)'p']: OrderPrice = value; break;
            case [(byte)'q']: OrderQuantity = value; break;
            case [(byte)'l']: LastQuantity = value; break;
            case [(byte)'z']: CumulativeQuantity = value; break;
            case [(byte)'L']: LastPrice = value; break;
            case [(byte)'n']: Fee = value; break;
            case [(byte)'N']: FeeAsset = value; break;
            default: break;
        }
    }

    private void ReadNumber(ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case [(byte)'i']: OrderId = _reader.GetInt64(); break;
            case [(byte)'t']: TradeId = _reader.GetInt64(); break;
            case [(byte)'T']: TransactionUnixMs = _reader.GetInt64(); break;
            case var _ when name.SequenceEqual("aid"u8): AlgoId = _reader.GetInt64(); break;
            default: break;
        }
    }

    private void ReadFlag(ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case [(byte)'m']: IsMaker = _reader.GetBoolean(); break;
            case [(byte)'R']: IsReduceOnly = _reader.GetBoolean(); break;
            default: break;
        }
    }

    private ReadOnlySpan<byte> Text()
    {
        if (!_reader.ValueIsEscaped)
        {
            return _reader.ValueSpan;
        }

        byte[] unescaped = new byte[_reader.ValueSpan.Length];
        return unescaped.AsSpan(0, _reader.CopyString(unescaped));
    }
}
