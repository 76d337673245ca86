using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>What follows when everything of a listing is canceled and nobody says what became of each.</summary>
public sealed class HaltSweepsTests
{
    private static readonly AccountId Account = new(1);
    private static readonly TimeSpan ArrivalMax = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan WordTooLate = ConnectorLimits.HaltWordAgeMax + TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<long> _canceledAlone = [];
    private readonly List<(long Id, Outcome<OrderSeen> Outcome)> _told = [];
    private readonly StreamWatch _streams;

    public HaltSweepsTests() => _streams = new(
        static _ => new("binance", "sub"), static _ => { }, _time, NullLogger.Instance);

    [Fact]
    public async Task What_is_not_answered_holds_up_closing_orders_until_it_can_no_more_arrive_and_no_cancel()
    {
        HaltSweeps sweeps = Sent(
            new()
            {
                CancelingAll = () => new Outcome<ImmutableArray<OrderSeen>>.Unknown(
                    "no answer", new(_time.GetTimestamp(), 0)),
            },
            7, 8);
        Task released = sweeps.WhenSent();
        Assert.Equal([7, 8], _canceledAlone);
        _time.Advance(ArrivalMax - TimeSpan.FromMilliseconds(1));
        Assert.False(released.IsCompleted);
        Assert.False(sweeps.WhenSent().IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await released.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(sweeps.WhenSent().IsCompleted);
    }

    [Fact]
    public void What_is_answered_holds_up_nothing()
    {
        Assert.True(Sent(new(), 7, 8).WhenSent().IsCompleted);
        Assert.True(Sent(
            new()
            {
                CancelingAll = () => new Outcome<ImmutableArray<OrderSeen>>.Refused(
                    RejectReason.ExchangeRateLimited, -1003, "", default),
            },
            7, 8).WhenSent().IsCompleted);
        Assert.Equal([7, 8], _canceledAlone);
    }

    [Fact]
    public async Task Of_those_that_nobody_tells_of_only_what_is_open_still_is_canceled_alone()
    {
        int asked = 0;
        HaltSweeps sweeps = Sent(
            new()
            {
                OpenOrders = _ =>
                {
                    asked++;
                    return Task.FromResult(Outcome<ImmutableArray<OrderSeen>>.Of(
                        [Order(8, ExchangeOrderStatus.New)]));
                },
            },
            7, 8, 9, 10);
        Assert.True(sweeps.WhenSent().IsCompleted);
        _streams.Heard(Order(7, ExchangeOrderStatus.Canceled));
        _time.Advance(WordTooLate);
        await Eventually.True(() => _told.Count == 2);
        Assert.Equal([8], _canceledAlone);
        Assert.Equal([9, 10], _told.Select(each => each.Id));
        Assert.All(_told, each => Assert.Equal(
            RejectReason.ExchangeOrderUnknown, Assert.IsType<Outcome<OrderSeen>.Refused>(each.Outcome).Reason));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Each_is_canceled_alone_where_the_exchange_does_not_say_in_time_what_is_open()
    {
        _ = Sent(
            new()
            {
                OpenOrders = new TaskCompletionSource<Outcome<ImmutableArray<OrderSeen>>>().Task.WaitAsync,
            },
            7, 8);
        await Eventually.True(() =>
        {
            _time.Advance(WordTooLate);
            return _canceledAlone.Count == 2;
        });
        Assert.Equal([7, 8], _canceledAlone);
    }

    /// <summary>A halt of these orders, on its way.</summary>
    private HaltSweeps Sent(AccountStandIn account, params long[] orders)
    {
        var sweeps = new HaltSweeps(
            new("binance", "sub"), account,
            (cancel, _) =>
            {
                _canceledAlone.Add(cancel.ExchangeOrderId);
                return Task.CompletedTask;
            },
            (cancel, outcome, _) =>
            {
                _told.Add((cancel.ExchangeOrderId, outcome));
                return Task.CompletedTask;
            },
            _streams, ArrivalMax, new(new(), CancellationToken.None), _time, NullLogger.Instance);
        Assert.All(orders, order => Assert.True(sweeps.TryGather(Cancel(order))));
        Assert.True(sweeps.TrySend());
        return sweeps;
    }

    private static SubmitCancel Cancel(long id) => new()
    {
        Header = MessageHeader.For<SubmitCancel>(Account),
        Session = 1,
        OrderId = OrderId.Of(0, 1, id),
        ExchangeOrderId = id,
        InstrumentId = FastPathStandIn.Perpetual,
        Halt = CancelHalt.EndsAll,
    };

    private static OrderSeen Order(long id, ExchangeOrderStatus status) => new()
    {
        Header = MessageHeader.For<OrderSeen>(Account),
        OrderId = OrderId.Of(0, 1, id),
        ExchangeOrderId = id,
        InstrumentId = FastPathStandIn.Perpetual,
        Status = status,
        Source = EvidenceSource.Stream,
        CumulativeQuantity = 0,
        ExchangeUnixNanos = 0,
        Stamps = default,
        Terms = default,
    };
}
