using System.Text.Json;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// A frame of the WebSocket API read in one pass, without a copy (user-data-stream.md and web-socket-api.md,
/// 2026-07): an answer <c>{id,status,result|error}</c> or an event <c>{subscriptionId,event:{e,…}}</c>.
/// Members may come in any order; those that are not named here are skipped.
/// </summary>
internal ref struct UserDataFrame
{
    public const int NoSubscription = -1;

    private Utf8JsonReader _reader;

    public long RequestId;
    public int HttpStatus;
    public int ErrorCode;
    public ReadOnlySpan<byte> ErrorText;
    public int SubscriptionId;

    /// <summary><c>e</c>; empty for an answer.</summary>
    public ReadOnlySpan<byte> EventType;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> ClientOrderId;
    public ReadOnlySpan<byte> OriginalClientOrderId;
    public ReadOnlySpan<byte> ExecutionType;
    public ReadOnlySpan<byte> OrderStatus;
    public ReadOnlySpan<byte> Side;
    public ReadOnlySpan<byte> OrderType;
    public ReadOnlySpan<byte> TimeInForce;
    public ReadOnlySpan<byte> OrderPrice;
    public ReadOnlySpan<byte> OrderQuantity;
    public ReadOnlySpan<byte> LastQuantity;
    public ReadOnlySpan<byte> CumulativeQuantity;
    public ReadOnlySpan<byte> LastPrice;
    public ReadOnlySpan<byte> Fee;
    public ReadOnlySpan<byte> FeeAsset;
    public long OrderId;
    public long TradeId;
    public long ExecutionId;
    public long TransactionUnixMs;
    public bool IsMaker;

    /// <exception cref="JsonException">Not JSON, or a member of another type than documented.</exception>
    public static UserDataFrame Read(ReadOnlySpan<byte> text)
    {
        var frame = new UserDataFrame { _reader = new(text), SubscriptionId = NoSubscription, TradeId = -1 };
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
            ReadMember(Name());
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

    private void ReadMember(ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case var _ when name.SequenceEqual("subscriptionId"u8):
                SubscriptionId = _reader.GetInt32();
                break;
            case var _ when name.SequenceEqual("id"u8) && _reader.TokenType == JsonTokenType.Number:
                RequestId = _reader.GetInt64();
                break;
            case var _ when name.SequenceEqual("status"u8):
                HttpStatus = _reader.GetInt32();
                break;
            case var _ when _reader.TokenType != JsonTokenType.StartObject:
                _reader.Skip();
                break;
            case var _ when name.SequenceEqual("event"u8):
                while (IsAtMember())
                {
                    ReadEventMember(Name());
                }

                break;
            case var _ when name.SequenceEqual("result"u8) || name.SequenceEqual("error"u8):
                while (IsAtMember())
                {
                    ReadAnswerMember(Name());
                }

                break;
            default:
                _reader.Skip();
                break;
        }
    }

    private void ReadAnswerMember(ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case var _ when name.SequenceEqual("subscriptionId"u8):
                SubscriptionId = _reader.GetInt32();
                break;
            case var _ when name.SequenceEqual("code"u8):
                ErrorCode = _reader.GetInt32();
                break;
            case var _ when name.SequenceEqual("msg"u8):
                ErrorText = Text();
                break;
            default:
                _reader.Skip();
                break;
        }
    }

    /// <summary>
    /// Every event has members of these names; only those of an order's are looked at later.
    /// </summary>
    private void ReadEventMember(ReadOnlySpan<byte> name)
    {
        if (name.Length != 1)
        {
            _reader.Skip();
            return;
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                ReadEventText(name[0], Text());
                break;
            case JsonTokenType.Number when name[0] is (byte)'i' or (byte)'I' or (byte)'t' or (byte)'T':
                ReadEventNumber(name[0], _reader.GetInt64());
                break;
            case JsonTokenType.True or JsonTokenType.False when name[0] == (byte)'m':
                IsMaker = _reader.GetBoolean();
                break;
            default:
                _reader.Skip();
                break;
        }
    }

    private void ReadEventText(byte name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case (byte)'e': EventType = value; break;
            case (byte)'s': Symbol = value; break;
            case (byte)'c': ClientOrderId = value; break;
            case (byte)'C': OriginalClientOrderId = value; break;
            case (byte)'x': ExecutionType = value; break;
            case (byte)'X': OrderStatus = value; break;
            case (byte)'S': Side = value; break;
            case (byte)'o': OrderType = value; break;
            case (byte)'f': TimeInForce = value; break;
            case (byte)'p': OrderPrice = value; break;
            case (byte)'q': OrderQuantity = value; break;
            case (byte)'l': LastQuantity = value; break;
            case (byte)'z': CumulativeQuantity = value; break;
            case (byte)'L': LastPrice = value; break;
            case (byte)'n': Fee = value; break;
            case (byte)'N': FeeAsset = value; break;
            default: break;
        }
    }

    private void ReadEventNumber(byte name, long value)
    {
        switch (name)
        {
            case (byte)'i': OrderId = value; break;
            case (byte)'I': ExecutionId = value; break;
            case (byte)'t': TradeId = value; break;
            default: TransactionUnixMs = value; break;
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
