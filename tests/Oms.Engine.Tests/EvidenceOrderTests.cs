using CsCheck;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// What reply, stream and query say of an order that was changed and canceled, or that is not ours: each in its
/// own order, interleaved and repeated at will. The end is always the same.
/// </summary>
public sealed class EvidenceOrderTests
{
    private const int Quantity = 10;

    [Fact]
    public void Of_a_changed_and_canceled_order_any_order_of_evidence_ends_alike() => Gen.Select(
        Gen.Int[1, 4].Array[0, 5], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 1000].Array[80]).Sample(
        (fills, change, end, isCanceled, dice) =>
        {
            string inTurn = EndOfOwn(fills, change, end, isCanceled, [.. dice.Select(_ => 0)]);
            string shuffled = EndOfOwn(fills, change, end, isCanceled, dice);
            Assert.Equal(inTurn, shuffled);
        },
        iter: 1000);

    [Fact]
    public void Of_an_order_from_elsewhere_any_order_of_evidence_ends_alike() => Gen.Select(
        Gen.Int[1, 4].Array[0, 4], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 1000].Array[80]).Sample(
        (fills, end, isFutures, dice) =>
        {
            string inTurn = EndOfForeign(fills, end, isFutures, [.. dice.Select(_ => 0)]);
            string shuffled = EndOfForeign(fills, end, isFutures, dice);
            Assert.Equal(inTurn, shuffled);
        },
        iter: 1000);

    /// <summary>
    /// The client asked for a change (made at once, made in the middle, refused, or none) and for a cancel before
    /// the exchange said anything but that it works.
    /// </summary>
    private static string EndOfOwn(int[] fills, int change, int end, bool isCanceled, int[] dice)
    {
        Desk desk = Desk.Trading();
        desk.Send(Desk.Filters(Desk.Toy, notionalMin: 0) with { CanAmend = OrderAmendment.PriceAndQuantity });
        ExecutionReport order = desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "a", Side.Buy, 100, Quantity));
        desk.Send(Say.Seen(in order, EvidenceSource.Reply, ExchangeOrderStatus.New, 0));
        bool isAsked = change != 0;
        long asked = change == 1 ? 14 : 8;
        if (isAsked)
        {
            desk.Send(new AmendOrder
            {
                Header = MessageHeader.For<AmendOrder>(Desk.Alpha),
                ClientOrderId = default,
                OrderId = order.OrderId,
                Price = 99,
                Quantity = asked,
                StopPrice = 0,
                CorrelationId = 1,
            });
        }

        if (isCanceled)
        {
            desk.Send(Say.Cancel(Desk.Alpha, order.OrderId));
        }

        bool isMade = change is 1 or 2;
        OrderTerms before = order.Terms;
        OrderTerms after = isMade ? before with { Quantity = asked, Price = 99 } : before;
        int[] sizes = [.. SizesOf(fills, after.Quantity)];
        var exchange = new ExchangeTruth(sizes, before, after, changedAfter: isMade ? 1 : 0);
        ExchangeOrderStatus last = LastOf(sizes.Sum() == after.Quantity, isCanceled ? 1 : end, sizes.Length > 0);
        OrderSeen Seen(EvidenceSource source, ExchangeOrderStatus status, long cumulative, OrderTerms terms) =>
            Say.Seen(in order, source, status, cumulative) with { Terms = terms };
        TradeSeen Trade(EvidenceSource source, int index) =>
            Say.Trade(in order, source, index + 1, 100 - index, sizes[index]);
        var reply = new Queue<Action>();
        if (isAsked)
        {
            reply.Enqueue(isMade
                ? () => desk.Send(Seen(EvidenceSource.Reply, ExchangeOrderStatus.New, 0, after))
                : () => desk.Send(Say.AmendRefused(in order, RejectReason.ExchangeRefused)));
        }

        if (isCanceled && last != ExchangeOrderStatus.Canceled)
        {
            reply.Enqueue(() => desk.Send(Say.CancelRefused(in order, RejectReason.ExchangeOrderUnknown)));
        }

        Play(dice, exchange.Stream(desk, Seen, Trade, last), reply, exchange.Query(desk, Seen, Trade, last));
        return Projection.Of(desk.Engine);
    }

    private static string EndOfForeign(int[] fills, int end, bool isFutures, int[] dice)
    {
        Desk desk = Desk.Trading();
        var terms = new OrderTerms
        {
            Side = Side.Sell,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = 100,
            Quantity = Quantity,
            PositionSide = isFutures ? PositionSide.Short : PositionSide.Both,
        };
        int[] sizes = [.. SizesOf(fills, Quantity)];
        var exchange = new ExchangeTruth(sizes, terms, terms, changedAfter: 0);
        ExchangeOrderStatus last = LastOf(sizes.Sum() == Quantity, end, sizes.Length > 0);
        (Domain.Ids.AccountId account, Domain.Ids.InstrumentId instrument) =
            isFutures ? (Desk.Delta, Desk.Perp) : (Desk.Alpha, Desk.Toy);
        OrderSeen Seen(EvidenceSource source, ExchangeOrderStatus status, long cumulative, OrderTerms stated) =>
            Say.Foreign(account, instrument, 9, status, cumulative, in stated) with { Source = source };
        TradeSeen Trade(EvidenceSource source, int index) =>
            Say.ForeignTrade(account, instrument, 9, Side.Sell, index + 1, sizes[index], 100 + index) with
            {
                Source = source,
                PositionSide = terms.PositionSide,
            };
        Play(dice, exchange.Stream(desk, Seen, Trade, last), new(), exchange.Query(desk, Seen, Trade, last));
        return Projection.Of(desk.Engine);
    }

    private static ExchangeOrderStatus LastOf(bool isFilled, int end, bool hasFills) =>
        isFilled ? ExchangeOrderStatus.Filled
        : end == 1 ? ExchangeOrderStatus.Canceled
        : end == 2 ? ExchangeOrderStatus.Expired
        : hasFills ? ExchangeOrderStatus.PartiallyFilled : ExchangeOrderStatus.New;

    /// <summary>Plays all of it, and now and then something again; what was last said by query, once more.
    /// </summary>
    private static void Play(int[] dice, params Queue<Action>[] sources)
    {
        List<Action> said = [];
        foreach (int die in dice)
        {
            Queue<Action>[] open = [.. sources.Where(source => source.Count > 0)];
            if (open.Length == 0)
            {
                break;
            }

            Action next = open[die % open.Length].Dequeue();
            next();
            said.Add(next);
            if (die % 7 == 6)
            {
                said[die % said.Count]();
            }
        }

        Assert.All(sources, Assert.Empty);
    }

    /// <summary>Sizes that never exceed the order together.</summary>
    private static IEnumerable<int> SizesOf(int[] fills, long quantity)
    {
        long left = quantity;
        foreach (int fill in fills.Where(_ => left > 0))
        {
            int size = (int)Math.Min(fill, left);
            left -= size;
            yield return size;
        }
    }
}
