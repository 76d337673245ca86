using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Connectors.Tests;

/// <summary>When a private stream that looks alive is taken for silent.</summary>
public sealed class StreamWatchTests
{
    private static readonly AccountId First = new(1);
    private static readonly AccountId Second = new(2);
    private static readonly TimeSpan TooLong = ConnectorLimits.StreamWordAgeMax + TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<AccountId> _doubted = [];
    private readonly StreamWatch _watch;

    public StreamWatchTests() => _watch = new(
        id => new("binance", $"account_{id.Value}"), _doubted.Add, _time, NullLogger.Instance);

    [Fact]
    public void An_answer_of_which_the_stream_says_nothing_puts_it_in_doubt_once()
    {
        _watch.Answered(Order(First, 7, ExchangeOrderStatus.New));
        _watch.Answered(Order(First, 8, ExchangeOrderStatus.New));
        _watch.Answered(Order(Second, 7, ExchangeOrderStatus.New));
        _watch.Heard(Order(Second, 7, ExchangeOrderStatus.New));
        Assert.Empty(DoubtedAfter(ConnectorLimits.StreamWordAgeMax));
        Assert.Equal([First], DoubtedAfter(TimeSpan.FromSeconds(1)));
        Assert.Equal([First], DoubtedAfter(TooLong));
    }

    [Theory]
    [InlineData(ExchangeOrderStatus.New, true)]
    [InlineData(ExchangeOrderStatus.PartiallyFilled, true)]
    [InlineData(ExchangeOrderStatus.Filled, true)]
    [InlineData(ExchangeOrderStatus.New, false)]
    [InlineData(ExchangeOrderStatus.Filled, false)]
    public void The_stream_may_speak_before_the_answer_and_its_last_word_stands_for_all(
        ExchangeOrderStatus heard, bool isHeardFirst)
    {
        if (isHeardFirst)
        {
            _watch.Heard(Order(First, 7, heard));
        }

        _watch.Answered(Order(First, 7, ExchangeOrderStatus.New));
        if (!isHeardFirst)
        {
            _watch.Heard(Order(First, 7, heard));
        }

        Assert.Empty(DoubtedAfter(TooLong));
    }

    [Fact]
    public void That_an_order_was_there_does_not_say_that_it_was_canceled()
    {
        _watch.Heard(Order(First, 7, ExchangeOrderStatus.New));
        _watch.Answered(Order(First, 7, ExchangeOrderStatus.Canceled));
        Assert.Equal([First], DoubtedAfter(TooLong));
    }

    [Fact]
    public void What_a_stream_that_went_down_did_not_say_is_asked_for_anyway()
    {
        _watch.Answered(Order(First, 7, ExchangeOrderStatus.New));
        _watch.Changed(First);
        Assert.Empty(DoubtedAfter(TooLong));
    }

    [Theory]
    [InlineData("sub_spot_arb", false)]
    [InlineData("sub_futures_trend", true)]
    public async Task A_silent_stream_is_made_anew(string name, bool isFutures)
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(name);
        await deployment.Fault("silence_user_streams", count: 1, name);
        int before = fastPath.All<StreamChanged>().Count(changed => changed.Header.AccountId == account);
        OrderId order = isFutures
            ? fastPath.SubmitFutures(account, Side.Buy, OrderType.Limit, price: 200_000, quantity: 10)
            : fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.01");
        await fastPath.Until(() => fastPath.Seen(order).Any());
        await fastPath.Until(
            () => fastPath.All<StreamChanged>().Where(changed => changed.Header.AccountId == account).Skip(before)
                .Select(changed => changed.State).SequenceEqual([StreamState.Down, StreamState.Up]),
            seconds: 60);
        // It speaks again.
        fastPath.Cancel(account, order, isFutures ? FastPathStandIn.Perpetual : null);
        await fastPath.Until(() => fastPath.Seen(order).Any(
            seen => seen is { Status: ExchangeOrderStatus.Canceled, Source: EvidenceSource.Stream }));
    }

    private List<AccountId> DoubtedAfter(TimeSpan time)
    {
        _time.Advance(time);
        _watch.Look();
        return _doubted;
    }

    private static OrderSeen Order(AccountId account, long id, ExchangeOrderStatus status) => new()
    {
        Header = MessageHeader.For<OrderSeen>(account),
        OrderId = OrderId.Of(0, 1, id),
        ExchangeOrderId = id,
        InstrumentId = FastPathStandIn.Bitcoin,
        Status = status,
        Source = EvidenceSource.Reply,
        CumulativeQuantity = 0,
        ExchangeUnixNanos = 0,
        Stamps = default,
        Terms = default,
    };
}
