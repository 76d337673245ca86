using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;

namespace Oms.FastPath.Tests;

/// <summary>What FastPath writes into its inputs before it logs them.</summary>
public sealed class BatchStampTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_clock_never_goes_back_whatever_the_wall_clock_does()
    {
        var wall = new FakeTimeProvider(Start) { AutoAdvanceAmount = TimeSpan.Zero };
        var clock = new NeverBackClock(wall);
        long last = clock.Now();
        Assert.True(last >= UnixNanos.Of(Start).Value);
        wall.AdjustTime(Start.AddHours(-5));
        for (int look = 0; look < 100_000; look++)
        {
            long now = clock.Now();
            Assert.True(now >= last);
            last = now;
        }
    }

    [Fact]
    public void After_a_restart_the_clock_stands_until_it_is_past_what_the_log_has_seen()
    {
        var machine = new FakeTimeProvider(Start);
        var clock = new NeverBackClock(machine);
        long logged = UnixNanos.Of(Start.AddHours(1)).Value;
        clock.NotBefore(logged);
        clock.NotBefore(logged - 1);

        Assert.Equal(logged, clock.Now());
        Assert.Equal(logged, clock.Now(out long ticks));
        Assert.Equal(machine.GetTimestamp(), ticks);
    }

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
