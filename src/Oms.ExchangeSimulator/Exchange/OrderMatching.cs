using System.Diagnostics;
using Oms.Domain;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Matches an accepted client order: fills, self-trade prevention, and what becomes of the rest.
/// </summary>
internal sealed class OrderMatching(ExchangeState state, Transaction transaction)
{
    /// <summary>
    /// The quantity within reach that would be traded: the account's own is passed over where the makers of it expire,
    /// and ends the taker's way, or makes it smaller, in all other modes of prevention.
    /// </summary>
    public static long AvailableTo(
        Account account, ExchangeState state, Market market, OrderSide side, SelfTradePrevention prevention,
        long? limitPrice)
    {
        long available = 0;
        (long shown, long price) = (0, 0);
        foreach (RestingOrder maker in market.Book.Orders(MakerSide(side)))
        {
            if (!IsReached(side, maker.Price, limitPrice))
            {
                break;
            }

            (shown, price) = maker.Price == price ? (shown, price) : (available, maker.Price);
            if (prevention != SelfTradePrevention.None && state.FindOrder(maker.OrderId)?.Account == account)
            {
                if (prevention != SelfTradePrevention.ExpireMaker)
                {
                    return shown;
                }

                continue;
            }

            shown += maker.ShownQuantity;
            available += maker.Quantity;
        }

        return available;
    }

    /// <summary>What a market order of this quantity would cost or bring, as far as the book goes.</summary>
    public static long CostOf(
        Account account, ExchangeState state, Market market, OrderSide side, long quantity)
    {
        long cost = 0;
        foreach (RestingOrder maker in market.Book.Orders(MakerSide(side)))
        {
            if (state.FindOrder(maker.OrderId)?.Account == account)
            {
                continue;
            }

            long taken = Math.Min(quantity, maker.Quantity);
            cost += Amount.NotionalOf(maker.Price, taken);
            quantity -= taken;
            if (quantity == 0)
            {
                break;
            }
        }

        return cost;
    }

    /// <summary>
    /// The largest quantity, in whole steps, whose notional stays within the quote quantity.
    /// </summary>
    public static long QuantityFor(
        Account account, ExchangeState state, Market market, OrderSide side, long quoteQuantity)
    {
        long step = market.Symbol.Rules.StepSize;
        long quantity = 0;
        foreach (RestingOrder maker in market.Book.Orders(MakerSide(side)))
        {
            if (state.FindOrder(maker.OrderId)?.Account == account)
            {
                continue;
            }

            long affordable = (long)((Int128)quoteQuantity * Amount.One / maker.Price / step * step);
            long taken = Math.Min(affordable, maker.Quantity);
            quantity += taken;
            quoteQuantity -= Amount.NotionalOf(maker.Price, taken);
            if (taken < maker.Quantity)
            {
                break;
            }
        }

        return quantity;
    }

    /// <summary>Whether a limit at this price would trade on arrival.</summary>
    public static bool WouldTake(Market market, OrderSide side, long price) =>
        market.Book.TryGetBest(MakerSide(side), out BookLevel best) && IsReached(side, best.Price, price);

    public void Match(ClientOrder order)
    {
        long? limit = order.HasPrice ? order.Price : null;
        if (order.TimeInForce == TimeInForce.FillOrKill && order.HasPrice
            && AvailableTo(order.Account, state, order.Market, order.Side, order.SelfTradePrevention, limit)
                < order.Quantity)
        {
            transaction.Expire(order, ExpiryReason.UnfilledFillOrKill);
            return;
        }

        while (order.IsOpen)
        {
            (long ahead, ClientOrder? own) = LookAhead(order, limit);
            Take(order, Math.Min(ahead, order.LeavesQuantity));
            if (own is null || !order.IsOpen)
            {
                break;
            }

            PreventSelfTrade(order, own);
        }

        if (order.IsOpen)
        {
            LeaveRemainder(order);
        }
    }

    /// <summary>Takes what the book has, at any price; the rest stays with the caller.</summary>
    public void TakeWhatThereIs(ClientOrder order)
    {
        (long ahead, _) = LookAhead(order, limit: null);
        Take(order, Math.Min(ahead, order.LeavesQuantity));
    }

    /// <summary>As the book is to have what is left of an order.</summary>
    public static BookOrder RestingAs(ClientOrder order) =>
        new(order.OrderId, order.BookSide, order.Price, order.LeavesQuantity)
        {
            DisplayQuantity = order.Terms.IcebergQuantity < order.LeavesQuantity ? order.Terms.IcebergQuantity : 0,
        };

    private static BookSide MakerSide(OrderSide takerSide) =>
        takerSide == OrderSide.Buy ? BookSide.Ask : BookSide.Bid;

    private static bool IsReached(OrderSide takerSide, long makerPrice, long? limitPrice) =>
        limitPrice is not { } limit
        || (takerSide == OrderSide.Buy ? makerPrice <= limit : makerPrice >= limit);

    /// <summary>
    /// What others offer before the account's own first order that would be met, if one would.
    /// </summary>
    private (long Ahead, ClientOrder? Own) LookAhead(ClientOrder taker, long? limit)
    {
        long ahead = 0;
        (long shown, long price) = (0, 0);
        foreach (RestingOrder maker in taker.Market.Book.Orders(MakerSide(taker.Side)))
        {
            (shown, price) = maker.Price == price ? (shown, price) : (ahead, maker.Price);
            if (shown >= taker.LeavesQuantity || !IsReached(taker.Side, maker.Price, limit))
            {
                break;
            }

            if (taker.SelfTradePrevention != SelfTradePrevention.None
                && state.FindOrder(maker.OrderId) is { } order && order.Account == taker.Account)
            {
                // What icebergs at its own price hide comes behind it.
                return (shown, order);
            }

            shown += maker.ShownQuantity;
            ahead += maker.Quantity;
        }

        return (ahead, null);
    }

    private void Take(ClientOrder taker, long quantity)
    {
        if (quantity == 0)
        {
            return;
        }

        Market market = taker.Market;
        FillList sink = new();
        BookOrder arriving = new(taker.OrderId, taker.BookSide, taker.Price, quantity);
        long dropped = market.Orders.ExecuteMarket(arriving, sink);
        Invariant.Holds(dropped == 0);
        foreach (Fill fill in sink.Fills)
        {
            long tradeId = market.NextTradeId();
            transaction.Fill(taker, tradeId, fill.Price, fill.Quantity, isMaker: false);
            if (state.FindOrder(fill.MakerOrderId) is { } maker)
            {
                transaction.Fill(maker, tradeId, fill.Price, fill.Quantity, isMaker: true);
            }
            else if (fill.MakerLeavesQuantity == 0)
            {
                _ = market.CrowdOf(MakerSide(taker.Side)).Remove(fill.Price);
            }

            bool isBuyerMaker = taker.Side == OrderSide.Sell;
            transaction.Publish(
                market,
                new PublicTrade(tradeId, fill.Price, fill.Quantity, isBuyerMaker, transaction.TimeMs));
            transaction.Touch(market, MakerSide(taker.Side), fill.Price);
        }
    }

    private void PreventSelfTrade(ClientOrder taker, ClientOrder maker)
    {
        long less = Math.Min(taker.LeavesQuantity, maker.LeavesQuantity);
        (long takerLoses, long makerLoses) = taker.SelfTradePrevention switch
        {
            SelfTradePrevention.ExpireTaker => (taker.LeavesQuantity, 0),
            SelfTradePrevention.ExpireMaker => (0, maker.LeavesQuantity),
            SelfTradePrevention.ExpireBoth => (taker.LeavesQuantity, maker.LeavesQuantity),
            SelfTradePrevention.Decrement => (less, less),
            SelfTradePrevention.None => throw new UnreachableException(),
        };
        PreventedMatch match = transaction.NotePrevented(taker, maker, takerLoses, makerLoses);
        if (makerLoses > 0)
        {
            maker.Market.Orders.Reduce(maker.OrderId, makerLoses);
            transaction.Prevent(maker, match);
            transaction.Touch(maker.Market, maker.BookSide, maker.Price);
        }

        if (takerLoses > 0)
        {
            transaction.Prevent(taker, match);
        }
    }

    private void LeaveRemainder(ClientOrder order)
    {
        if (!order.HasPrice)
        {
            transaction.Expire(order, ExpiryReason.InsufficientLiquidity);
            return;
        }

        if (order.TimeInForce != TimeInForce.GoodTillCanceled)
        {
            transaction.Expire(order, ExpiryReason.UnfilledImmediateOrCancel);
            return;
        }

        FillList sink = new();
        _ = order.Market.Orders.AddLimit(RestingAs(order), sink);
        Invariant.Holds(sink.Fills.Count == 0);
        transaction.Touch(order.Market, order.BookSide, order.Price);
    }
}
