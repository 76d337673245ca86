using System.Runtime.CompilerServices;

namespace Oms.Matching;

/// <summary>What an arriving order does to the side that it meets.</summary>
internal static unsafe class MatchingLoop
{
    /// <summary>
    /// Trades from the best price on, oldest order first, until nothing is left of the order or in its reach,
    /// or it meets an order of its owner that ends it.
    /// </summary>
    /// <param name="makers">The side; the order reaches its best price.</param>
    /// <param name="isPrevented">Whether its owner's order ended it.</param>
    /// <returns>What is left of the order.</returns>
    public static long Run<TSink>(
        BookLadder makers, long limitKey, in BookOrder taker, ref TSink sink, out bool isPrevented)
        where TSink : IFillSink, allows ref struct
    {
        long leaves = taker.Quantity;
        isPrevented = false;
        do
        {
            Level* level = makers.BestLevel();
            do
            {
                leaves = IsSelfTrade(makers, level->Head, taker)
                    ? Prevent(makers, level, taker, leaves, ref sink, out isPrevented)
                    : Trade(makers, level, taker.OrderId, leaves, ref sink);
            }
            while (leaves > 0 && !isPrevented && level->Quantity > 0);

            if (level->Quantity == 0)
            {
                makers.CloseBest();
            }
        }
        while (leaves > 0 && !isPrevented && makers.IsReachedBy(limitKey));

        return leaves;
    }

    /// <summary>Whether all of an order would trade if it arrived now.</summary>
    public static bool CanFill(BookLadder makers, long limitKey, in BookOrder taker)
    {
        long missing = taker.Quantity;
        bool isFound = makers.TryFindBest(out long key, out Level* level);
        while (isFound && key <= limitKey)
        {
            // What is hidden trades when all that the level shows has traded, or was reached in vain.
            long missingAtFirst = missing;
            for (int index = level->Head; ; index = makers.NodeAt(index)->Next)
            {
                if (IsSelfTrade(makers, index, taker))
                {
                    if (taker.SelfTradeMode != SelfTradeMode.CancelOldest)
                    {
                        return false;
                    }
                }
                else
                {
                    long shown = makers.NodeAt(index)->Shown;
                    missingAtFirst -= shown;
                    missing -= shown + makers.HiddenOf(index);
                    if (missingAtFirst <= 0)
                    {
                        return true;
                    }
                }

                if (index == level->Tail)
                {
                    break;
                }
            }

            if (missing <= 0)
            {
                return true;
            }

            isFound = makers.TryFindAfter(key, out key, out level);
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSelfTrade(BookLadder makers, int index, in BookOrder taker) =>
        taker.SelfTradeMode != SelfTradeMode.None
        && makers.OwnerAt(index).IsSame(taker.Owner, taker.SelfTradeScope);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Trade<TSink>(
        BookLadder makers, Level* level, long takerOrderId, long leaves, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        int index = level->Head;
        OrderNode* maker = makers.NodeAt(index);
        long makerOrderId = maker->OrderId;
        long price = maker->Price;
        long shown = maker->Shown;
        long quantity = Math.Min(leaves, shown);
        long makerLeaves = shown - quantity + makers.HiddenOf(index);
        OrderHandle handle = makers.HandleOf(index);
        if (makerLeaves == 0)
        {
            makers.TakeOutHead(level);
        }
        else if (quantity < shown)
        {
            maker->Shown = shown - quantity;
            level->Quantity -= quantity;
        }
        else
        {
            makers.Replenish(level);
        }

        sink.OnFill(new Fill(handle, makerOrderId, takerOrderId, price, quantity, makerLeaves));
        if (quantity == shown && makerLeaves > 0)
        {
            sink.OnReplenished(
                new Replenishment(handle, makerOrderId, price, maker->Shown, makers.HiddenOf(index)));
        }

        return leaves - quantity;
    }

    /// <summary>The arriving order meets one of its owner's, at the head of the level.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Prevent<TSink>(
        BookLadder makers,
        Level* level,
        in BookOrder taker,
        long leaves,
        ref TSink sink,
        out bool isPrevented)
        where TSink : IFillSink, allows ref struct
    {
        int index = level->Head;
        RestingOrder maker = makers.Read(index);
        SelfTradeMode mode = taker.SelfTradeMode;
        long fromMaker = mode switch
        {
            SelfTradeMode.None or SelfTradeMode.CancelNewest => 0,
            SelfTradeMode.CancelOldest or SelfTradeMode.CancelBoth => maker.Quantity,
            SelfTradeMode.Decrement => Math.Min(leaves, maker.Quantity),
        };
        if (fromMaker == maker.Quantity)
        {
            makers.TakeOutHead(level);
        }
        else if (fromMaker > 0)
        {
            makers.Reduce(index, fromMaker);
        }

        if (fromMaker > 0)
        {
            sink.OnSelfTradePrevented(new PreventedTrade(
                makers.HandleOf(index), maker.OrderId, taker.OrderId, maker.Price, fromMaker,
                maker.Quantity - fromMaker));
        }

        leaves -= mode == SelfTradeMode.Decrement ? fromMaker : 0;
        isPrevented = leaves == 0 || mode is SelfTradeMode.CancelNewest or SelfTradeMode.CancelBoth;
        return leaves;
    }
}
