using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// A market of one instrument with whole prices and quantities, as slow and plain as can be: a list of orders,
/// sorted anew for each that arrives, and balances in decimals.
/// </summary>
internal sealed class NaiveMarket(decimal makerRate, decimal takerRate)
{
    private readonly List<NaiveOrder> _book = [];
    private long _arrivals;

    public Dictionary<uint, NaiveFunds> Funds { get; } = [];

    public Dictionary<string, NaiveOrder> Orders { get; } = [];

    /// <summary>Maker, taker, price, quantity.</summary>
    public List<(string Maker, string Taker, long Price, long Quantity)> Trades { get; } = [];

    public IEnumerable<NaiveOrder> Book => _book;

    public decimal FreeQuote(uint account) =>
        Funds[account].Quote - Live(account).Where(order => order.IsBuy).Sum(NeededQuote);

    public decimal FreeBase(uint account) =>
        Funds[account].Base - Live(account).Where(order => !order.IsBuy).Sum(order => order.Leaves);

    public decimal NeededQuote(NaiveOrder order) =>
        order.ReservePrice * order.Leaves * (1 + Math.Max(0, Math.Max(makerRate, takerRate)));

    /// <summary>Whether the account can pay for an order.</summary>
    public bool CanPay(NaiveOrder order) => order.IsBuy
        ? FreeQuote(order.Account) >= NeededQuote(order)
        : FreeBase(order.Account) >= order.Leaves;

    /// <summary>Takes an order that was accepted, and matches it.</summary>
    public void Place(NaiveOrder order)
    {
        Orders.Add(order.Name, order);
        bool wouldTrade = Reached(_book, order).Any();
        if (order.Terms.IsPostOnly && wouldTrade)
        {
            order.End(OrderStatus.Rejected);
        }
        else if (order.Terms.TimeInForce == TimeInForce.FillOrKill && !WouldFill(order))
        {
            order.End(OrderStatus.Rejected);
        }
        else
        {
            order.Status = OrderStatus.New;
            Enter(order);
        }
    }

    /// <summary>Changes an order; false where it stays as it is.</summary>
    public bool TryAmend(string name, long price, long quantity)
    {
        NaiveOrder order = Orders[name];
        if (quantity <= order.Filled)
        {
            Cancel(name);
            return true;
        }

        bool keepsPlace = price == order.Price && quantity <= order.Quantity;
        NaiveOrder moved = order with { Price = price };
        if (order.Terms.IsPostOnly && price != order.Price && Reached(_book, moved).Any())
        {
            return false;
        }

        // It never shows more than it is, and goes on showing that much.
        order.Display = Math.Min(order.Display, quantity);
        if (keepsPlace)
        {
            order.Shrink(order.Quantity - quantity);
            return true;
        }

        _ = _book.Remove(order);
        (order.Price, order.ReservePrice, order.Quantity) = (price, price, quantity);
        Enter(order);
        return true;
    }

    public void Cancel(string name)
    {
        _ = _book.Remove(Orders[name]);
        Orders[name].End(OrderStatus.Canceled);
    }

    private IEnumerable<NaiveOrder> Live(uint account) =>
        Orders.Values.Where(order => order.Account == account && !OrderLifecycle.IsFinal(order.Status));

    /// <summary>Orders of the other side that it meets, in the order in which it meets them.</summary>
    private static IEnumerable<NaiveOrder> Reached(List<NaiveOrder> book, NaiveOrder order) => book
        .Where(other => other.IsBuy != order.IsBuy)
        .Where(other => order.IsBuy ? other.Price <= order.Limit : other.Price >= order.Limit)
        .OrderBy(other => order.IsBuy ? other.Price : -other.Price)
        .ThenBy(other => other.Arrival);

    private bool WouldFill(NaiveOrder order)
    {
        List<NaiveOrder> copies = [.. _book.Select(other => other with { })];
        NaiveOrder copy = order with { };
        return Match(copies, copy, isReal: false) && copy.Filled == order.Quantity;
    }

    private void Enter(NaiveOrder order)
    {
        bool goesOn = Match(_book, order, isReal: true);
        if (order.Leaves == 0 && order.Filled > 0 && goesOn)
        {
            order.End(OrderStatus.Filled);
        }
        else if (!goesOn)
        {
            order.End(OrderStatus.Canceled);
        }
        else if (order.IsResting)
        {
            order.Rest(_arrivals++);
            _book.Add(order);
        }
        else
        {
            order.End(OrderStatus.Expired);
        }
    }

    /// <summary>False where it met an order of its owner that ended it.</summary>
    private bool Match(List<NaiveOrder> book, NaiveOrder taker, bool isReal)
    {
        while (taker.Leaves > 0 && Reached(book, taker).FirstOrDefault() is { } maker)
        {
            if (taker.Prevention != SelfTradePrevention.None && maker.Owner(taker) == taker.Owner(taker))
            {
                if (!Prevent(book, taker, maker))
                {
                    return false;
                }

                continue;
            }

            long quantity = Math.Min(taker.Leaves, maker.Shown);
            maker.Fill(quantity, maker.Price);
            taker.Fill(quantity, maker.Price);
            if (isReal)
            {
                Settle(maker, taker, quantity);
            }

            if (maker.Leaves == 0)
            {
                _ = book.Remove(maker);
                maker.End(OrderStatus.Filled);
            }
            else if (maker.Shown == 0)
            {
                maker.Rest(_arrivals++);
            }
        }

        return true;
    }

    private static bool Prevent(List<NaiveOrder> book, NaiveOrder taker, NaiveOrder maker)
    {
        SelfTradePrevention mode = taker.Prevention;
        long decrement = Math.Min(taker.Leaves, maker.Leaves);
        bool endsMaker = mode is SelfTradePrevention.CancelOldest or SelfTradePrevention.CancelBoth
            || (mode == SelfTradePrevention.Decrement && decrement == maker.Leaves);
        if (endsMaker)
        {
            _ = book.Remove(maker);
            maker.End(OrderStatus.Canceled);
        }
        else if (mode == SelfTradePrevention.Decrement)
        {
            maker.Shrink(decrement);
        }

        if (mode == SelfTradePrevention.Decrement)
        {
            taker.Quantity -= decrement;
        }

        bool endsTaker = mode is SelfTradePrevention.CancelNewest or SelfTradePrevention.CancelBoth;
        return !endsTaker && taker.Leaves > 0;
    }

    private void Settle(NaiveOrder maker, NaiveOrder taker, long quantity)
    {
        Trades.Add((maker.Name, taker.Name, maker.Price, quantity));
        Pay(maker, maker.Price, quantity, makerRate);
        Pay(taker, maker.Price, quantity, takerRate);
    }

    private void Pay(NaiveOrder order, long price, long quantity, decimal rate)
    {
        NaiveFunds funds = Funds[order.Account];
        int sign = order.IsBuy ? 1 : -1;
        decimal notional = (decimal)price * quantity;
        funds.Base += sign * quantity;
        funds.Quote -= (sign * notional) + (notional * rate);
        funds.Bought += sign * quantity;
    }
}
