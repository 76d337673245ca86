using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.FastPath.Tests;

/// <summary>What FastPath writes into its inputs before it logs them.</summary>
public sealed class BatchStampTests
{
    [Fact]
    public void Everything_of_a_batch_has_one_time_and_what_a_sender_wrote_there_is_gone()
    {
        var stamp = new BatchStamp(unixNanos: 77, ticks: 500);
        byte[] cancel = Bytes(new CancelOrder
        {
            Header = Forged<CancelOrder>(),
            ClientOrderId = default,
            OrderId = new(5),
            CorrelationId = 6,
        });

        stamp.WriteInto(cancel);

        CancelOrder stamped = MessageBytes.As<CancelOrder>(cancel);
        Assert.Equal(
            MessageHeader.For<CancelOrder>(new AccountId(3)) with { UnixNanos = 77 }, stamped.Header);
        Assert.Equal((5, 6), (stamped.OrderId.Value, stamped.CorrelationId));
    }

    [Theory]
    [InlineData(400, 500)]
    [InlineData(600, 600)]
    public void An_order_is_polled_when_its_batch_is_taken_and_never_before_it_was_offered(long offered, long polled)
    {
        var stamp = new BatchStamp(unixNanos: 77, ticks: 500);
        var stamps = new CommandStamps { GatewayReceived = 1, GatewayOffered = offered, FastPathPolled = 9 };
        OrderTerms terms = new() { Side = Side.Buy, Type = OrderType.Limit, Price = 1, Quantity = 1 };
        byte[] place = Bytes(new PlaceOrder
        {
            Header = Forged<PlaceOrder>(),
            ClientOrderId = default,
            InstrumentId = new(1),
            Terms = terms,
            CorrelationId = 1,
            Stamps = stamps,
        });
        byte[] replace = Bytes(default(ReplaceOrder) with
        {
            Header = Forged<ReplaceOrder>(), Terms = terms, Stamps = stamps,
        });
        byte[] list = Bytes(default(PlaceOrderList) with
        {
            Header = Forged<PlaceOrderList>(), Stamps = stamps,
        });

        stamp.WriteInto(place);
        stamp.WriteInto(replace);
        stamp.WriteInto(list);

        CommandStamps expected = stamps with { FastPathPolled = polled };
        Assert.Equal(expected, MessageBytes.As<PlaceOrder>(place).Stamps);
        Assert.Equal(expected, MessageBytes.As<ReplaceOrder>(replace).Stamps);
        Assert.Equal(expected, MessageBytes.As<PlaceOrderList>(list).Stamps);
        Assert.Equal(terms, MessageBytes.As<PlaceOrder>(place).Terms);
    }

    private static byte[] Bytes<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => MessageBytes.Of(in message).ToArray();

    private static MessageHeader Forged<TMessage>()
        where TMessage : unmanaged, IMessage => MessageHeader.For<TMessage>(new AccountId(3)) with
        {
            LogSequence = 11, AccountSequence = 12, UnixNanos = 13,
        };
}
