using System.Runtime.CompilerServices;
using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// A price-time priority book of limit orders at any prices. Deterministic, of one thread, and free of
/// allocation once its pool and its sparse levels have grown to the largest book seen.
/// </summary>
public sealed unsafe class OrderBook
{
    /// <summary>Levels about the best price that are reached without a search.</summary>
    public const int WindowLevelsDefault = 1_024;

    /// <summary>
    /// The most parts that an iceberg may show itself in. Each is a turn of the matching loop: one arriving
    /// order must be done in bounded time.
    /// </summary>
    public const int IcebergPartsMax = 1_000;

    private readonly OrderPool _pool;
    private Sides _sides;

    /// <param name="pool">Where its orders are; shared with other books of the same thread.</param>
    /// <param name="tickSize">The usual distance of prices. Other prices are as good, but slower.</param>
    /// <param name="windowLevels">A multiple of 64, at most 4,096; each takes 32 bytes.</param>
    public OrderBook(OrderPool pool, long tickSize = 1, int windowLevels = WindowLevelsDefault)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tickSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(windowLevels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowLevels, PriceWindow.LevelsMax);
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            windowLevels % PriceWindow.WordBits, 0, nameof(windowLevels));
        _pool = pool;
        _sides[(int)BookSide.Bid] = new BookLadder(pool, BookSide.Bid, windowLevels, tickSize);
        _sides[(int)BookSide.Ask] = new BookLadder(pool, BookSide.Ask, windowLevels, tickSize);
    }

    /// <summary>How many orders rest.</summary>
    public int OrderCount => SideOf(BookSide.Bid).OrderCount + SideOf(BookSide.Ask).OrderCount;

    /// <summary>
    /// Matches an arriving order against the other side, as its rule and its prevention of self-trades say,
    /// and rests what may rest.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Placement Place<TSink>(in BookOrder order, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        Invariant.Holds(order.Quantity > 0);
        BookLadder makers = MakersOf(order.Side);
        long limitKey = makers.KeyOf(order.Price);
        if (makers.IsReachedBy(limitKey))
        {
            return PlaceReaching(order, makers, limitKey, ref sink);
        }

        Placement placement = LeaveRemainder(order, order.Quantity);
        GC.KeepAlive(this);
        return placement;
    }

    /// <summary>
    /// Rests an order without matching, as another book or this one at another time had it.
    /// </summary>
    public OrderHandle Rest(in RestingOrder order)
    {
        Invariant.Holds(order.ShownQuantity > 0 && order.HiddenQuantity >= 0 && order.PeakQuantity >= 0);
        Invariant.Holds(order.HiddenQuantity == 0 || order.PeakQuantity > 0);
        Invariant.Holds(
            order.HiddenQuantity == 0
            || (order.HiddenQuantity - 1) / order.PeakQuantity < IcebergPartsMax - 1);
        BookLadder side = SideOf(order.Side);
        int index = side.Enter(order.OrderId, order.Price, order.ShownQuantity, order.Owner);
        if (order.PeakQuantity > 0)
        {
            side.Hide(index, order.HiddenQuantity, order.PeakQuantity);
        }

        GC.KeepAlive(this);
        return side.HandleOf(index);
    }

    /// <summary>Takes a resting order out; false when it no longer rests.</summary>
    /// <param name="canceledQuantity">All that was left of it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryCancel(OrderHandle handle, long orderId, out long canceledQuantity)
    {
        bool isResting = IsResting(handle, orderId);
        canceledQuantity = isResting ? SideOf(handle.Side).TakeOut(handle.Index) : 0;
        GC.KeepAlive(this);
        return isResting;
    }

    /// <summary>
    /// Takes quantity from a resting order, from what it hides first. It keeps its priority, or leaves the
    /// book when nothing remains; taking more than rests is the caller's error. False when it no longer
    /// rests.
    /// </summary>
    public bool TryReduce(OrderHandle handle, long orderId, long byQuantity, out long leavesQuantity)
    {
        Invariant.Holds(byQuantity > 0);
        leavesQuantity = 0;
        if (!TryGet(handle, orderId, out RestingOrder order))
        {
            return false;
        }

        Invariant.Holds(byQuantity <= order.Quantity);
        leavesQuantity = order.Quantity - byQuantity;
        if (leavesQuantity > 0)
        {
            SideOf(handle.Side).Reduce(handle.Index, byQuantity);
        }
        else
        {
            _ = SideOf(handle.Side).TakeOut(handle.Index);
        }

        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Reads a resting order; false when it no longer rests.</summary>
    public bool TryGet(OrderHandle handle, long orderId, out RestingOrder order)
    {
        bool isResting = IsResting(handle, orderId);
        order = isResting ? SideOf(handle.Side).Read(handle.Index) : default;
        GC.KeepAlive(this);
        return isResting;
    }

    /// <summary>Whether an order that arrives at this price would meet another.</summary>
    public bool WouldTrade(BookSide side, long price)
    {
        BookLadder makers = MakersOf(side);
        return makers.IsReachedBy(makers.KeyOf(price));
    }

    /// <summary>The best level of a side; false when the side is empty.</summary>
    public bool TryGetBest(BookSide side, out BookLevel level)
    {
        BookLadder ladder = SideOf(side);
        bool isFound = ladder.TryFindBest(out long key, out Level* best);
        level = isFound ? new BookLevel(ladder.PriceOf(key), best->Quantity) : default;
        GC.KeepAlive(this);
        return isFound;
    }

    /// <summary>What is shown at a price; 0 when nothing rests there.</summary>
    public long QuantityAt(BookSide side, long price)
    {
        BookLadder ladder = SideOf(side);
        Level* level = ladder.Find(ladder.KeyOf(price));
        long quantity = level is null ? 0 : level->Quantity;
        GC.KeepAlive(this);
        return quantity;
    }

    /// <summary>How many prices of a side hold orders.</summary>
    public int LevelCount(BookSide side) => SideOf(side).LevelCount;

    /// <summary>
    /// How many of them are found by a search, for being far from the best price or off the tick. Many of
    /// them near the best price say that the tick size is wrong.
    /// </summary>
    internal int SearchedLevelCount(BookSide side) => SideOf(side).SearchedLevelCount;

    /// <summary>Copies levels from the best on, as many as fit; returns how many.</summary>
    public int CopyLevels(BookSide side, Span<BookLevel> levels)
    {
        BookLadder ladder = SideOf(side);
        int count = 0;
        bool isFound = ladder.TryFindBest(out long key, out Level* level);
        while (isFound && count < levels.Length)
        {
            levels[count++] = new BookLevel(ladder.PriceOf(key), level->Quantity);
            isFound = ladder.TryFindAfter(key, out key, out level);
        }

        GC.KeepAlive(this);
        return count;
    }

    /// <summary>The resting orders of a side in the order in which they would trade.</summary>
    public OrderSequence Orders(BookSide side) => new(SideOf(side), long.MaxValue);

    /// <summary>
    /// The orders that one arriving at this price would meet if it were large enough, in the order in which
    /// it would meet them.
    /// </summary>
    public OrderSequence OrdersMetBy(BookSide side, long price) =>
        new(MakersOf(side), MakersOf(side).KeyOf(price));

    /// <summary>Those of them that are the same owner's.</summary>
    public OrderSequence OrdersMetBy(BookSide side, long price, OrderOwner owner, SelfTradeScope scope) =>
        new(MakersOf(side), MakersOf(side).KeyOf(price), owner, scope);

    /// <summary>
    /// Changes the usual distance of prices; what rests goes on resting. Takes time for each level, unlike
    /// all else here.
    /// </summary>
    public void SetTickSize(long tickSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tickSize);
        SideOf(BookSide.Bid).SetStep(tickSize);
        SideOf(BookSide.Ask).SetStep(tickSize);
        GC.KeepAlive(this);
    }

    // Indexed, not chosen by a condition: which side it is, is as good as random.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BookLadder SideOf(BookSide side) => _sides[(int)side];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BookLadder MakersOf(BookSide takerSide) => _sides[(int)takerSide ^ 1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsResting(OrderHandle handle, long orderId)
    {
        if (!_pool.Has(handle.Index))
        {
            return false;
        }

        OrderNode* node = OrderNode.At(_pool.Nodes, handle.Index);
        return node->OrderId == orderId && node->Shown > 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Placement PlaceReaching<TSink>(
        in BookOrder order, BookLadder makers, long limitKey, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        if (order.Rule is MatchingRule.PostOnly or MatchingRule.FillOrKill
            && IsRefused(order, makers, limitKey, out PlacementOutcome refusal))
        {
            return new Placement(order.Quantity, OrderHandle.None, refusal);
        }

        long leaves = MatchingLoop.Run(makers, limitKey, order, ref sink, out bool isPrevented);
        GC.KeepAlive(this);
        if (isPrevented)
        {
            return new Placement(leaves, OrderHandle.None, PlacementOutcome.SelfTradePrevented);
        }

        return leaves == 0
            ? new Placement(0, OrderHandle.None, PlacementOutcome.Filled)
            : LeaveRemainder(order, leaves);
    }

    /// <summary>Whether an order's rule forbids that anything happens.</summary>
    private static bool IsRefused(
        in BookOrder order, BookLadder makers, long limitKey, out PlacementOutcome refusal)
    {
        refusal = order.Rule == MatchingRule.PostOnly
            ? PlacementOutcome.WouldTrade
            : PlacementOutcome.Unfillable;
        return order.Rule switch
        {
            MatchingRule.Rest or MatchingRule.ImmediateOrCancel => false,
            MatchingRule.PostOnly => makers.IsReachedBy(limitKey),
            MatchingRule.FillOrKill => !MatchingLoop.CanFill(makers, limitKey, order),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Placement LeaveRemainder(in BookOrder order, long leaves)
    {
        if (order.Rule is MatchingRule.Rest or MatchingRule.PostOnly)
        {
            return new Placement(leaves, RestRemainder(order, leaves), PlacementOutcome.Rested);
        }

        PlacementOutcome outcome = order.Rule == MatchingRule.FillOrKill
            ? PlacementOutcome.Unfillable
            : PlacementOutcome.Dropped;
        return new Placement(leaves, OrderHandle.None, outcome);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OrderHandle RestRemainder(in BookOrder order, long leaves)
    {
        if (order.DisplayQuantity > 0 && order.DisplayQuantity < leaves)
        {
            return RestIceberg(order, leaves);
        }

        BookLadder side = SideOf(order.Side);
        return side.HandleOf(side.Enter(order.OrderId, order.Price, leaves, order.Owner));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private OrderHandle RestIceberg(in BookOrder order, long leaves)
    {
        long shown = order.DisplayQuantity;
        return Rest(new RestingOrder(
            order.OrderId, order.Side, order.Price, shown, leaves - shown, shown, order.Owner));
    }

    /// <summary>The bids and the asks.</summary>
    [InlineArray(2)]
    private struct Sides
    {
        private BookLadder _bids;
    }
}
