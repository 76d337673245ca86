using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Bench.Desk;

/// <summary>Orders and cancels as a client writes them, in one place that is written again each time.</summary>
internal sealed class OrderMessages
{
    private const int DigitsMax = 16;

    private PlaceOrder _place;
    private CancelOrder _cancel;

    /// <summary>A limit order, or one at market where the price is 0; number is the client's own id of it.</summary>
    public Span<byte> Place(
        AccountId account, InstrumentId instrument, long number, Side side, long price, long quantity)
    {
        _place = new()
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = IdOf(number),
            InstrumentId = instrument,
            Terms = new()
            {
                Side = side,
                Type = price == 0 ? OrderType.Market : OrderType.Limit,
                TimeInForce = price == 0 ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
                Price = price,
                Quantity = quantity,
            },
            CorrelationId = number,
            Stamps = default,
        };
        return MemoryMarshal.AsBytes(new Span<PlaceOrder>(ref _place));
    }

    public Span<byte> Cancel(AccountId account, OrderId order)
    {
        _cancel = new()
        {
            Header = MessageHeader.For<CancelOrder>(account),
            ClientOrderId = default,
            OrderId = order,
            CorrelationId = order.Number,
        };
        return MemoryMarshal.AsBytes(new Span<CancelOrder>(ref _cancel));
    }

    /// <summary>Sixteen hexadecimal digits.</summary>
    private static ClientOrderId IdOf(long number)
    {
        ClientOrderId id = default;
        for (int digit = 0; digit < DigitsMax; digit++)
        {
            id[digit] = (byte)"0123456789abcdef"[(int)(number >> (60 - (4 * digit))) & 15];
        }

        return id;
    }
}
