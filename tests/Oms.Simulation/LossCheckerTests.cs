using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Simulation.Checks.Exposures;
using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>What was lost, and what leverage is used, is found in a log that says it.</summary>
public sealed class LossCheckerTests
{
    private const long Quantity = 30_000;
    private const long Price = 5_000_000;

    /// <summary>0.3 BTC are bought, and lose 300 of the 60 USDT that may be lost.</summary>
    private static readonly byte[][] Lost =
    [
        Mark(1, Venue.BtcUsdt, Price), Order(2, 1, Venue.BtcUsdt), Fill(3), Mark(20, Venue.BtcUsdt, Price - 100_000),
    ];

    [Fact]
    public void A_loss_that_stops_nobody_is_found_once_the_account_was_valued()
    {
        Holds([.. Lost, Tick(30)]);
        Holds([.. Lost, Halt(25), Tick(30), Tick(31)]);
        Breaks([.. Lost, Tick(30), Tick(31)]);
    }

    [Fact]
    public void An_account_that_was_let_go_is_stopped_again_when_it_is_valued_again()
    {
        byte[][] resumed = [.. Lost, Halt(25), Halt(40, HaltState.Resumed)];
        Holds([.. resumed, Tick(60), Tick(70)]);
        Breaks([.. resumed, Mark(60, Venue.BtcUsdt, Price - 100_000), Tick(70), Tick(71)]);
    }

    [Fact]
    public void Losses_count_from_midnight()
    {
        const long Midnight = 86_400_000;
        byte[][] lost = [.. Lost, Halt(25)];
        Holds([.. lost, Halt(Midnight, HaltState.Resumed), Mark(Midnight + 1, Venue.BtcUsdt, Price - 110_000),
            Tick(Midnight + 20), Order(Midnight + 21, 2, Venue.BtcUsdt)]);
        Breaks([.. lost, Halt(Midnight - 100, HaltState.Resumed),
            Mark(Midnight - 99, Venue.BtcUsdt, Price - 110_000), Tick(Midnight - 80), Tick(Midnight - 79)]);
    }

    [Fact]
    public void An_order_behind_a_loss_is_found() => Breaks([.. Lost, Order(31, 2, Venue.BtcUsdt)]);

    /// <summary>
    /// What was asked for before counts all along, also while a cancel waits for its answer, and only until somebody
    /// says what became of it.
    /// </summary>
    [Fact]
    public void An_order_that_is_made_larger_behind_a_loss_is_found_and_none_that_was_before_it()
    {
        byte[] New(long at) => Change(at, ExecutionType.New, OrderStatus.New);
        byte[] Asked(long at) => Change(at, ExecutionType.PendingReplace, OrderStatus.PendingReplace);
        byte[] Canceled(long at) => Change(at, ExecutionType.PendingCancel, OrderStatus.PendingCancel);
        byte[] Refused(long at, OrderStatus status) => Change(at, ExecutionType.Restated, status);
        byte[] Made(long at) => Change(at, ExecutionType.Replaced, OrderStatus.New, Quantity + 10_000);
        byte[][] open = [.. Lost[..3], Order(4, 2, Venue.BtcUsdt), New(5)];
        byte[][] lost = [Lost[3], Halt(22), Halt(25, HaltState.Resumed)];
        byte[][] asked = [.. open, Amend(6, Quantity + 10_000), Asked(6), Canceled(7), .. lost];
        Holds([.. asked, Amend(30, 1), Refused(31, OrderStatus.PendingReplace), Made(32)]);
        Holds([.. asked, Made(31)]);
        Breaks([.. open, .. lost, Amend(31, Quantity + 10_000), Asked(31)]);
        Breaks([.. asked, Refused(31, OrderStatus.New), Amend(32, Quantity + 10_000), Asked(32)]);
    }

    [Fact]
    public void A_halt_without_a_loss_is_found() => Breaks([.. Lost[..3], Halt(25)]);

    /// <summary>15,000 USDT of futures, and 2.5 are allowed for each in the wallet.</summary>
    [Fact]
    public void Leverage_above_the_limit_is_found()
    {
        byte[][] order = [Mark(1, Venue.Perpetual, Price), Order(2, 1, Venue.Perpetual)];
        Holds([Funds(6_000), .. order]);
        Breaks([Funds(5_999), .. order]);
    }

    private static void Holds(byte[][] records)
    {
        var count = new ExposureCount(Desk.Whole with { AreLossesLimited = true }, hasFirmLimit: false);
        foreach (byte[] record in records)
        {
            count.Take(record);
        }
    }

    private static void Breaks(byte[][] records) =>
        Assert.StartsWith("7 exposure", Assert.Throws<Violation>(() => Holds(records)).Message);

    private static MessageHeader At<TMessage>(long milliseconds)
        where TMessage : unmanaged, IMessage =>
        MessageHeader.For<TMessage>(Venue.Right) with { UnixNanos = milliseconds * UnixNanos.PerMillisecond };

    private static byte[] Tick(long milliseconds) => Bytes.Of(new Tick { Header = At<Tick>(milliseconds) });

    private static byte[] Mark(long milliseconds, InstrumentId instrument, long price) => Bytes.Of(new MarkPrice
    {
        Header = At<MarkPrice>(milliseconds), InstrumentId = instrument, Price = price, ExchangeUnixNanos = 0,
    });

    private static byte[] Halt(long milliseconds, HaltState state = HaltState.Halted) => Bytes.Of(new HaltChanged
    {
        Header = At<HaltChanged>(milliseconds),
        Scope = HaltScope.Account,
        State = state,
        Reason = HaltReason.LossLimit,
        OrderId = OrderId.None,
        Exchange = default,
        CorrelationId = 0,
        By = default,
    });

    private static byte[] Funds(long usdt) => Bytes.Of(new BalanceChanged
    {
        Header = At<BalanceChanged>(1),
        AssetId = Venue.Usdt,
        Wallet = Market.Futures,
        Change = BalanceChange.Deposited,
        Free = usdt * Venue.One,
        InTransit = 0,
        OrderId = OrderId.None,
    });

    private static byte[] Order(long milliseconds, int number, InstrumentId instrument) =>
        Bytes.Of(Report(milliseconds, number, instrument));

    private static byte[] Fill(long milliseconds) => Bytes.Of(Report(milliseconds, 1, Venue.BtcUsdt) with
    {
        ExecutionType = ExecutionType.Trade,
        Status = OrderStatus.Filled,
        CumulativeQuantity = Quantity,
        LastQuantity = Quantity,
        LastPrice = Price,
    });

    private static byte[] Amend(long milliseconds, long quantity) => Bytes.Of(new AmendOrder
    {
        Header = At<AmendOrder>(milliseconds),
        ClientOrderId = default,
        OrderId = new(2),
        Price = 0,
        Quantity = quantity,
        StopPrice = 0,
        CorrelationId = milliseconds,
    });

    /// <summary>Said of the second order; an answer to what was asked then.</summary>
    private static byte[] Change(
        long milliseconds, ExecutionType type, OrderStatus status, long quantity = Quantity)
    {
        ExecutionReport report = Report(milliseconds, 2, Venue.BtcUsdt);
        return Bytes.Of(report with
        {
            ExecutionType = type,
            Status = status,
            CorrelationId = milliseconds,
            Terms = report.Terms with { Quantity = quantity },
        });
    }

    private static ExecutionReport Report(long milliseconds, int number, InstrumentId instrument) => new()
    {
        Header = At<ExecutionReport>(milliseconds),
        OrderId = new(number),
        ClientOrderId = default,
        InstrumentId = instrument,
        Terms = new OrderTerms
        {
            Side = Side.Buy,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = Price,
            Quantity = Quantity,
        },
        Status = OrderStatus.PendingNew,
        ExecutionType = ExecutionType.PendingNew,
        IsMaker = 0,
        Origin = OrderOrigin.Client,
        RejectReason = RejectReason.None,
        CumulativeQuantity = 0,
        CumulativeNotional = 0,
        LastPrice = 0,
        LastQuantity = 0,
        Fee = 0,
        FeeAssetId = AssetId.None,
        ExchangeErrorCode = 0,
        TradeId = 0,
        ExchangeOrderId = 0,
        CorrelationId = 0,
        ExchangeUnixNanos = 0,
        ReplyReceived = 0,
        Stages = default,
    };
}
