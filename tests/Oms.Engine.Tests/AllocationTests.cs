using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;

namespace Oms.Engine.Tests;

/// <summary>An order allocates nothing, whatever becomes of it, once the engine has seen as many as it holds.
/// </summary>
public sealed class AllocationTests
{
    private const int Cycles = 1_000;
    private const int AttemptsMax = 100;

    private long _now;

    [Fact]
    public void Placed_acknowledged_and_filled() => AssertNothing((engine, number) =>
    {
        ExecutionReport report = Place(engine, Desk.Alpha, Desk.Toy, SideOf(number), number);
        OrderSeen seen = Say.Seen(in report, EvidenceSource.Reply, ExchangeOrderStatus.New, 0);
        Send(engine, seen);
        Send(engine, Say.Trade(in report, EvidenceSource.Stream, number, 100, 10));
    });

    [Fact]
    public void Placed_and_canceled_at_the_exchange() => AssertNothing((engine, number) =>
    {
        ExecutionReport report = Place(engine, Desk.Alpha, Desk.Toy, SideOf(number), number);
        Send(engine, Say.Seen(in report, EvidenceSource.Reply, ExchangeOrderStatus.New, 0));
        Send(engine, new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(Desk.Alpha),
            ClientOrderId = default,
            OrderId = report.OrderId,
            CorrelationId = 1,
        });
        Send(engine, Say.Seen(in report, EvidenceSource.Stream, ExchangeOrderStatus.Canceled, 0));
    });

    [Fact]
    public void Transferred() => AssertNothing((engine, number) =>
    {
        bool isEven = number % 2 == 0;
        (AccountId from, AccountId to) = isEven ? (Desk.Alpha, Desk.Bravo) : (Desk.Bravo, Desk.Alpha);
        TransferReport report = Start(engine, from, to, number);
        Send(engine, Say.UnknownTransfer(report.TransferId, 1));
        Send(engine, Say.AbsentTransfer(report.TransferId, 1));
        Send(engine, Say.SeenTransfer(report.TransferId, 1, TransferEvidence.Accepted));
        Send(engine, Say.Moved(from, Desk.Usdt, -Desk.One, Market.Spot));
        Send(engine, Say.Moved(to, Desk.Usdt, Desk.One, Market.Spot));
        Send(engine, Say.SeenTransfer(report.TransferId, 1, TransferEvidence.Done));
    });

    [Fact]
    public void Changed_at_the_exchange() => AssertNothing((engine, number) =>
    {
        ExecutionReport report = Place(engine, Desk.Bravo, Desk.Toy, Side.Buy, number);
        Send(engine, Say.Seen(in report, EvidenceSource.Reply, ExchangeOrderStatus.New, 0));
        Send(engine, Amend(Desk.Bravo, report.OrderId, price: 99, quantity: 12));
        OrderTerms changed = report.Terms with { Price = 99, Quantity = 12 };
        Send(engine, Say.Seen(in report, EvidenceSource.Stream, ExchangeOrderStatus.New, 0) with { Terms = changed });
        Send(engine, Say.Seen(in report, EvidenceSource.Stream, ExchangeOrderStatus.Expired, 0));
    });

    [Fact]
    public void Matched_here() => AssertNothing((engine, number) =>
    {
        // Each sells what the other bought before.
        bool isEven = number % 2 == 0;
        _ = Place(engine, isEven ? Desk.Papa : Desk.Quebec, Desk.Paper, Side.Sell, number);
        _ = Place(engine, isEven ? Desk.Quebec : Desk.Papa, Desk.Paper, Side.Buy, -number);
    });

    [Fact]
    public void Changed_and_canceled_here() => AssertNothing((engine, number) =>
    {
        ExecutionReport report = Place(engine, Desk.Papa, Desk.Paper, Side.Buy, number, price: 98);
        Send(engine, Amend(Desk.Papa, report.OrderId, price: 0, quantity: 5));
        Send(engine, Amend(Desk.Papa, report.OrderId, price: 97, quantity: 0));
        Send(engine, new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(Desk.Papa),
            ClientOrderId = default,
            OrderId = report.OrderId,
            CorrelationId = 1,
        });
    });

    [Fact]
    public void A_future_matched_here() => AssertNothing((engine, number) =>
    {
        bool isEven = number % 2 == 0;
        _ = Place(engine, isEven ? Desk.Papa : Desk.Quebec, Desk.PaperPerp, Side.Sell, number);
        _ = Place(engine, isEven ? Desk.Quebec : Desk.Papa, Desk.PaperPerp, Side.Buy, -number);
    });

    [Fact]
    public void A_stop_that_is_placed_and_fired() => AssertNothing((engine, number) =>
    {
        Send(engine, LastTrade(100));
        PlaceOrder order = OrderOf(Desk.Alpha, Desk.Toy, SideOf(number), number, price: 0);
        bool isBuy = order.Terms.IsBuy;
        ExecutionReport report = Place(engine, order with
        {
            Terms = order.Terms with
            {
                Type = OrderType.Stop,
                StopPrice = isBuy ? 104 : 96,
                TriggerSource = TriggerSource.LastPrice,
            },
        });
        Send(engine, LastTrade(isBuy ? 104 : 96));
        Send(engine, Say.Trade(in report, EvidenceSource.Stream, number, isBuy ? 104 : 96, 10));
    });

    [Fact]
    public void A_trailing_stop_that_follows_and_expires() => AssertNothing((engine, number) =>
    {
        Send(engine, LastTrade(100));
        PlaceOrder order = OrderOf(Desk.Alpha, Desk.Toy, Side.Sell, number, price: 0);
        ExecutionReport report = Place(engine, order with
        {
            Terms = order.Terms with
            {
                Type = OrderType.TrailingStop,
                TrailingOffset = 5,
                TriggerSource = TriggerSource.LastPrice,
            },
        });
        Send(engine, LastTrade(101));
        Send(engine, LastTrade(102));
        Send(engine, Say.Cancel(Desk.Alpha, report.OrderId));
    });

    [Fact]
    public void One_whose_time_runs_out() => AssertNothing((engine, number) =>
    {
        PlaceOrder order = OrderOf(Desk.Papa, Desk.Paper, Side.Buy, number, price: 98);
        _ = Place(engine, order with
        {
            Terms = order.Terms with
            {
                TimeInForce = TimeInForce.GoodTillDate,
                ExpireUnixNanos = _now + 1,
            },
        });
        _now += 1;
        Send(engine, new Tick { Header = MessageHeader.For<Tick>() });
    });

    [Fact]
    public void One_that_is_refused() => AssertNothing((engine, number) =>
        _ = Place(engine, Desk.Alpha, Desk.Toy, SideOf(number), number, price: 200, quantity: 1_000_000));

    [Fact]
    public void Prices_and_ticks() => AssertNothing((engine, number) =>
    {
        _now += 20_000_000;
        Send(engine, new TopOfBook
        {
            Header = MessageHeader.For<TopOfBook>(),
            InstrumentId = Desk.Toy,
            BidPrice = 99,
            BidQuantity = 1,
            AskPrice = 100 + (number % 2),
            AskQuantity = 1,
            ExchangeUnixNanos = 0,
        });
        Send(engine, LastTrade(100));
        Send(engine, new Tick { Header = MessageHeader.For<Tick>() });
    });

    private void AssertNothing(Action<Engine, long> cycle)
    {
        Desk desk = Desk.Trading(ordersHeldMax: 1000, fillsRememberedMax: 1000);
        desk.Send(Desk.Filters(Desk.Toy, notionalMin: 0) with { CanAmend = OrderAmendment.PriceAndQuantity });
        _now = desk.NowUnixNanos;
        long number = 0;
        Run(desk.Engine, cycle, ref number);

        // A collection that other threads cause counts the rest of this thread's buffer as allocated, once. What an
        // order allocates would be counted in every attempt.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < AttemptsMax && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(desk.Engine, cycle, ref number);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.Equal(0, desk.Engine.View.LiveOrders);
        Assert.Equal(0, desk.Engine.View.LiveTransfers);
    }

    private static void Run(Engine engine, Action<Engine, long> cycle, ref long number)
    {
        for (int count = 0; count < Cycles; count++)
        {
            cycle(engine, ++number);
        }
    }

    /// <summary>Bought and sold in turn, so that balances last.</summary>
    private static Side SideOf(long number) => number % 2 == 0 ? Side.Buy : Side.Sell;

    private static ClientOrderId NameOf(long number)
    {
        ClientOrderId clientOrderId = default;
        BinaryPrimitives.WriteInt64LittleEndian(clientOrderId, number);
        return clientOrderId;
    }

    private ExecutionReport Place(
        Engine engine,
        AccountId account,
        InstrumentId instrument,
        Side side,
        long number,
        long price = 100,
        long quantity = 10) => Place(engine, OrderOf(account, instrument, side, number, price, quantity));

    /// <summary>Its id is no text: reading one may allocate, and is not the engine's.</summary>
    private static PlaceOrder OrderOf(
        AccountId account, InstrumentId instrument, Side side, long number, long price, long quantity = 10) => new()
    {
        Header = MessageHeader.For<PlaceOrder>(account),
        ClientOrderId = NameOf(number),
        InstrumentId = instrument,
        Terms = new OrderTerms
        {
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = price,
            Quantity = quantity,
        },
        CorrelationId = 77,
        Stamps = default,
    };

    private ExecutionReport Place(Engine engine, PlaceOrder order)
    {
        order = Stamped(order);
        ReadOnlySpan<byte> said = engine.Apply(MessageBytes.Of(in order)).Messages;
        return MessageBytes.As<ExecutionReport>(said[..ExecutionReport.Length]);
    }

    private TransferReport Start(Engine engine, AccountId from, AccountId to, long number)
    {
        Text32 id = default;
        BinaryPrimitives.WriteInt64LittleEndian(id, number);
        StartTransfer start = Stamped(new StartTransfer
        {
            Header = MessageHeader.For<StartTransfer>(from),
            ToAccountId = to,
            AssetId = Desk.Usdt,
            FromWallet = Market.Spot,
            ToWallet = Market.Spot,
            Amount = Desk.One,
            CorrelationId = 79,
            ClientTransferId = id,
            IntentUnixNanos = _now,
        });
        ReadOnlySpan<byte> said = engine.Apply(MessageBytes.Of(in start)).Messages;
        return MessageBytes.As<TransferReport>(said[..TransferReport.Length]);
    }

    private static AmendOrder Amend(AccountId account, OrderId order, long price, long quantity) => new()
    {
        Header = MessageHeader.For<AmendOrder>(account),
        ClientOrderId = default,
        OrderId = order,
        Price = price,
        Quantity = quantity,
        StopPrice = 0,
        CorrelationId = 78,
    };

    private static LastTrade LastTrade(long price) => new()
    {
        Header = MessageHeader.For<LastTrade>(),
        InstrumentId = Desk.Toy,
        Price = price,
        ExchangeUnixNanos = 0,
    };

    private void Send<TMessage>(Engine engine, TMessage message)
        where TMessage : unmanaged, IMessage
    {
        message = Stamped(message);
        _ = engine.Apply(MessageBytes.Of(in message));
    }

    /// <summary>The message as FastPath stamps it.</summary>
    private TMessage Stamped<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(
            MemoryMarshal.AsBytes(new Span<TMessage>(ref message)));
        header = header with { UnixNanos = _now };
        return message;
    }
}
