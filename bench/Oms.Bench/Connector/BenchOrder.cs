using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;

namespace Oms.Bench.Connector;

/// <summary>Orders far from every price, made now: they rest, or end at once.</summary>
internal static class BenchOrder
{
    public static SubmitOrder Of(AccountId account, OrderId id, TimeInForce timeInForce) => new()
    {
        Header = MessageHeader.For<SubmitOrder>(account) with
        {
            UnixNanos = UnixNanos.Of(TimeProvider.System.GetUtcNow()).Value,
        },
        Session = 1,
        OrderId = id,
        InstrumentId = new(1),
        Terms = new()
        {
            Side = Side.Buy,
            Type = OrderType.Limit,
            TimeInForce = timeInForce,
            Price = 2_000_000,
            Quantity = 1_000,
        },
        Stamps = default,
    };
}
