using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>What is full refuses what is new, and stops nothing else.</summary>
public sealed class CapacityTests
{
    [Fact]
    public void Without_room_for_another_position_an_instrument_is_not_taken_up()
    {
        Desk desk = Desk.Trading(positionsMax: 2);
        Assert.Equal(RejectReason.None, Place(desk, Desk.Alpha, Desk.Toy, "a").RejectReason);
        Assert.Equal(RejectReason.None, Place(desk, Desk.Bravo, Desk.Toy, "b").RejectReason);

        // Another account in the same instrument, a future with its three positions, an order from elsewhere.
        Assert.Equal(RejectReason.OrderStoreFull, Place(desk, Desk.Papa, Desk.Paper, "c").RejectReason);
        Assert.Equal(RejectReason.OrderStoreFull, Place(desk, Desk.Delta, Desk.Perp, "d").RejectReason);
        desk.Send(Say.ForeignTrade(Desk.Alpha, Desk.BnbBtc, 9, Side.Buy, 1, 1, 1_000_000));
        desk.Send(Say.Limits(Desk.Bravo, Desk.BnbBtc, ["instrument", "position=1"]));
        Assert.Equal(1, desk.Engine.View.ReportsOfUnknownOrders);
        Assert.Equal(RejectReason.None, Place(desk, Desk.Alpha, Desk.Toy, "e").RejectReason);
        Audit.Holds(desk.Engine);
    }

    [Fact]
    public void Without_room_for_another_balance_nothing_new_is_held()
    {
        // Three accounts of an exchange with three assets each, four with two wallets of one and two.
        Desk desk = Desk.Trading(balancesMax: 21);
        Assert.Equal(21, desk.Engine.State.Ledger.Rows.Count);
        ExecutionReport order = Place(desk, Desk.Papa, Desk.Paper, "a");
        Assert.Equal(RejectReason.None, order.RejectReason);
        Assert.Equal(RejectReason.OrderStoreFull, Place(desk, Desk.Papa, Desk.PaperPerp, "b").RejectReason);

        // A fee in an asset that there is no room for is not booked; its trade is.
        ExecutionReport routed = Place(desk, Desk.Delta, Desk.Perp, "c");
        desk.Send(Say.Trade(in routed, EvidenceSource.Stream, 1, 100, 1, fee: 5, feeAsset: new AssetId(3)));
        Assert.Equal(Desk.One, desk.Engine.State.Holdings.Find(Desk.Delta, Desk.Perp)?.QuantityOf(PositionSide.Both));
        desk.Deposit(Desk.Papa, Domain.Instruments.Market.Futures, Desk.Bnb, "5");
        Assert.Equal(21, desk.Engine.State.Ledger.Rows.Count);
    }

    [Fact]
    public void Without_another_number_no_order_is_taken_and_all_is_answered()
    {
        Desk desk = Desk.Trading();
        desk.Engine.State.OrderNumber = OrderId.NumberMax - 1;
        ExecutionReport last = Place(desk, Desk.Alpha, Desk.Toy, "a");
        Assert.Equal(OrderId.NumberMax, last.OrderId.Number);

        ExecutionReport refused = Place(desk, Desk.Alpha, Desk.Toy, "b");
        Assert.Equal(RejectReason.OrderStoreFull, refused.RejectReason);
        Assert.True(refused.OrderId.IsNone);
        desk.Send(Say.Foreign(Desk.Alpha, Desk.Toy, 9, ExchangeOrderStatus.New, 0, last.Terms));
        Assert.Equal(1, desk.Engine.View.ReportsOfUnknownOrders);
        desk.Send(new FastPathStarted { Header = MessageHeader.For<FastPathStarted>(), Shard = 0, Epoch = 2 });
        Assert.Equal(1, Place(desk, Desk.Alpha, Desk.Toy, "b").OrderId.Number);
    }

    [Fact]
    public void Through_a_child_that_ended_its_first_order_finds_the_other_when_room_was_needed_meanwhile() =>
        Script.Holds(
            Priced(Desk.Trading(ordersHeldMax: 5)),
            "few orders are held",
            """
            bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
            trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; t Restated Suspended 0/4@120; s Restated Suspended 0/4!90
            last 89                     | t Canceled 0/4@120; a PendingCancel 4/10@100; > cancel a
            buy b 1                     | b PendingNew 0/1@100; > submit b 1@100
            refused b ExchangeRefused   | b Rejected 0/1@100 ExchangeRefused
            buy c 1                     | c PendingNew 0/1@100; > submit c 1@100
            refused c ExchangeRefused   | c Rejected 0/1@100 ExchangeRefused
            buy d 1                     | d PendingNew 0/1@100; > submit d 1@100
            refused d ExchangeRefused   | d Rejected 0/1@100 ExchangeRefused
            seen a stream Canceled 4    | a Canceled 4/10@100; s Triggered PendingNew 0/4!90; > submit s 4
            """,
            Script.IsOfOrders,
            isNamed: true);

    private static Desk Priced(Desk desk)
    {
        desk.Last(Desk.Toy, 100);
        _ = desk.Take();
        return desk;
    }

    private static ExecutionReport Place(Desk desk, AccountId account, InstrumentId instrument, string name) =>
        desk.Place(Say.Place(account, instrument, name, Side.Buy, 100, 1));
}
