using System.Buffers.Binary;
using System.Diagnostics;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.FastPath.Tests;

/// <summary>
/// From ring to log, engine, events, requests and tables an order allocates nothing, whatever becomes of it, once
/// FastPath has seen as many as it holds.
/// </summary>
public sealed class DutyCycleAllocationTests : IDisposable
{
    private const long One = 100_000_000;
    private const int OrdersPerAttempt = 1_000;

    // On a machine that is busy otherwise, code is compiled in full only after a while.
    private static readonly TimeSpan AttemptsDurationMax = TimeSpan.FromSeconds(60);

    private readonly FastPathInProcess _core = new();
    private readonly AccountId _account;
    private readonly InstrumentDefined _listing;
    private long _number;

    public DutyCycleAllocationTests()
    {
        _account = _core.Account("binance/main");
        _listing = _core.Instrument("BTC/USDT");
        OpenAccount();
    }

    public void Dispose() => _core.Dispose();

    [Fact]
    public void Placed_acknowledged_and_filled() => AssertNothing(() =>
    {
        SubmitOrder submit = Place(SideOf(_number), 5_000_000);
        Seen(in submit, ExchangeOrderStatus.New, 0);
        _core.Report(new TradeSeen
        {
            Header = MessageHeader.For<TradeSeen>(_account),
            OrderId = submit.OrderId,
            ExchangeOrderId = submit.OrderId.Value,
            InstrumentId = submit.InstrumentId,
            Source = EvidenceSource.Stream,
            IsMaker = 0,
            Side = submit.Terms.Side,
            PositionSide = PositionSide.Both,
            TradeId = _number,
            ExecutionId = 0,
            Price = submit.Terms.Price,
            Quantity = submit.Terms.Quantity,
            Fee = 1,
            FeeAssetId = _listing.QuoteAssetId,
            ExchangeUnixNanos = 0,
        });
    });

    [Fact]
    public void Placed_and_canceled() => AssertNothing(() =>
    {
        SubmitOrder submit = Place(SideOf(_number), 5_000_000);
        Seen(in submit, ExchangeOrderStatus.New, 0);
        _core.Command(new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(_account),
            ClientOrderId = default,
            OrderId = submit.OrderId,
            CorrelationId = 1,
        });
        Assert.Equal(submit.OrderId, _core.Request<SubmitCancel>().OrderId);
        Seen(in submit, ExchangeOrderStatus.Canceled, 0);
    });

    [Fact]
    public void Refused() => AssertNothing(
        () => _core.Command(Order(_account, _listing.InstrumentId, Side.Buy, 9_000_000)));

    [Fact]
    public void Matched_here()
    {
        AccountId papa = _core.Account("house/papa");
        AccountId quebec = _core.Account("house/quebec");
        InstrumentId paper = _core.Instrument("OMS/USDT").InstrumentId;
        AssertNothing(() =>
        {
            // Each sells what the other bought before.
            bool isEven = _number % 2 == 0;
            _core.Command(Order(isEven ? papa : quebec, paper, Side.Sell, 10_000));
            _core.Command(Order(isEven ? quebec : papa, paper, Side.Buy, 10_000) with { CorrelationId = 2 });
        });
    }

    [Fact]
    public void Prices() => AssertNothing(() => ReportTop(5_000_100 + (_number % 2)));

    private void AssertNothing(Action order)
    {
        Run(order);
        // A collection that another thread causes counts the rest of this thread's buffer as allocated, and code is
        // still being compiled; what an order allocates would be counted in every attempt.
        long least = long.MaxValue;
        long started = Stopwatch.GetTimestamp();
        while (least > 0 && Stopwatch.GetElapsedTime(started) < AttemptsDurationMax)
        {
            long before = _core.AllocatedBytes;
            Run(order);
            least = Math.Min(least, _core.AllocatedBytes - before);
        }

        Assert.Equal(0, least);
        Assert.Equal(0, _core.Engine.View.LiveOrders);
    }

    private void Run(Action order)
    {
        for (int count = 0; count < OrdersPerAttempt; count++)
        {
            _number++;
            order();
        }
    }

    private void OpenAccount()
    {
        _core.Report(new InstrumentFilters
        {
            Header = MessageHeader.For<InstrumentFilters>(),
            InstrumentId = _listing.InstrumentId,
            Tradable = 1,
            TickSize = 1,
            PriceMin = 1,
            PriceMax = 0,
            LotSize = 1,
            QuantityMin = 1,
            QuantityMax = 0,
            NotionalMin = 0,
            MakerFee = 0,
            TakerFee = 0,
            CanAmend = OrderAmendment.None,
        });
        ReportTop(5_000_100);
        _core.Report(new SessionStarted
        {
            Header = MessageHeader.For<SessionStarted>(), Session = 1, Connector = 0,
        });
        _core.Report(new StreamChanged
        {
            Header = MessageHeader.For<StreamChanged>(_account), Session = 1, State = StreamState.Up,
        });
        long round = _core.Request<GatherEvidence>().EvidenceId;
        _core.Report(new EvidenceBegin
        {
            Header = MessageHeader.For<EvidenceBegin>(_account), EvidenceId = round,
        });
        Balance(_listing.QuoteAssetId, 50_000_000 * One, round);
        Balance(_listing.BaseAssetId, 1_000 * One, round);
        _core.Report(new EvidenceEnd
        {
            Header = MessageHeader.For<EvidenceEnd>(_account), EvidenceId = round, Complete = 1,
        });
    }

    private void Balance(AssetId asset, long free, long round) => _core.Report(new BalanceSeen
    {
        Header = MessageHeader.For<BalanceSeen>(_account),
        AssetId = asset,
        Market = Domain.Instruments.Market.Spot,
        Free = free,
        Locked = 0,
        EvidenceId = round,
    });

    private void ReportTop(long ask) => _core.Report(new TopOfBook
    {
        Header = MessageHeader.For<TopOfBook>(),
        InstrumentId = _listing.InstrumentId,
        BidPrice = 4_999_900,
        BidQuantity = 1,
        AskPrice = ask,
        AskQuantity = 1,
        ExchangeUnixNanos = 0,
    });

    private SubmitOrder Place(Side side, long price)
    {
        _core.Command(Order(_account, _listing.InstrumentId, side, price));
        return _core.Request<SubmitOrder>();
    }

    private PlaceOrder Order(AccountId account, InstrumentId instrument, Side side, long price)
    {
        ClientOrderId clientOrderId = default;
        BinaryPrimitives.WriteInt64LittleEndian(clientOrderId, side == Side.Buy ? _number : -_number);
        return new()
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = clientOrderId,
            InstrumentId = instrument,
            Terms = new()
            {
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = price,
                Quantity = 100,
            },
            CorrelationId = 1,
            Stamps = default,
        };
    }

    private void Seen(in SubmitOrder submit, ExchangeOrderStatus status, long filled) => _core.Report(new OrderSeen
    {
        Header = MessageHeader.For<OrderSeen>(_account),
        OrderId = submit.OrderId,
        ExchangeOrderId = submit.OrderId.Value,
        InstrumentId = submit.InstrumentId,
        Status = status,
        Source = EvidenceSource.Reply,
        CumulativeQuantity = filled,
        ExchangeUnixNanos = 0,
        Stamps = submit.Stamps,
        Terms = submit.Terms,
    });

    /// <summary>Bought and sold in turn, so that balances last.</summary>
    private static Side SideOf(long number) => number % 2 == 0 ? Side.Buy : Side.Sell;
}
