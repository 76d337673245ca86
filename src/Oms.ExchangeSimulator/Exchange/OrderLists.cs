namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Lists of orders of the spot market. Of a pair (OCO) that which begins to trade ends the other, and canceling one
/// cancels both. What waits for a working order (OTO, OTOCO) begins when that is filled, to the last, and ends with it
/// otherwise.
/// </summary>
internal sealed class OrderLists(
    ExchangeCore core, ExchangeState state, SpotExchange exchange, SpotAdmission admission)
{
    public PlaceListResult Place(NewOrderList asked) => core.Read(_ =>
    {
        RefusalReason refusal = Check(asked);
        return refusal != RefusalReason.None
            ? new PlaceListResult(refusal, null)
            : core.Change(transaction => new PlaceListResult(RefusalReason.None, Accept(transaction, asked)));
    });

    /// <summary>An account's list, by either id.</summary>
    public OrderList? Find(Account account, long? orderListId, string? listClientOrderId) =>
        state.Lists.Values.LastOrDefault(list => list.Account == account
            && (orderListId is { } id ? list.OrderListId == id : list.ListClientOrderId == listClientOrderId));

    /// <summary>Cancels all of a list that is open; false when nothing is.</summary>
    public bool Cancel(OrderList list, string cancelClientOrderId) => core.Read(_ =>
    {
        if (!list.IsOpen)
        {
            return false;
        }

        return core.Change(transaction =>
        {
            foreach (ClientOrder order in list.Orders.Where(order => order.IsOpen).ToList())
            {
                ExchangeCore.TakeOut(transaction, order, cancelClientOrderId);
            }

            return true;
        });
    });

    /// <summary>Lets follow, for the lists that a command concerned, what follows from it.</summary>
    /// <returns>Whether anything did.</returns>
    public bool Follow(Transaction transaction)
    {
        bool hasFollowed = false;
        foreach (OrderList list in transaction.ListsConcerned.ToList())
        {
            hasFollowed |= Follow(transaction, list);
            if (!list.IsOpen)
            {
                transaction.Note(list, ListStatus.Done);
            }
        }

        return hasFollowed;
    }

    private bool Follow(Transaction transaction, OrderList list)
    {
        if (list.Working is { State: OrderState.Filled }
            && list.Pending.Where(order => order.State == OrderState.PendingNew).ToList() is { Count: > 0 } pending)
        {
            Activate(transaction, pending);
            return true;
        }

        // Of a pair one that ended without a trade takes the other with it; so does a working one that was not filled.
        ClientOrder? ended = list.Orders.Find(order =>
            !order.IsOpen && order.State != OrderState.Filled && order.ExpiryReason != ExpiryReason.SiblingTraded);
        if (ended is null || !list.IsOpen)
        {
            return false;
        }

        foreach (ClientOrder order in list.Orders.Where(order => order.IsOpen).ToList())
        {
            if (ended.State == OrderState.Canceled)
            {
                ExchangeCore.TakeOut(transaction, order, $"cancel-{order.OrderId}");
            }
            else
            {
                ExchangeCore.TakeOut(transaction, order);
                transaction.Expire(
                    order, ended == list.Working ? ExpiryReason.WorkingOrderEnded : ExpiryReason.None);
            }
        }

        return true;
    }

    /// <summary>What comes now is judged like a new order; what would be refused expires.</summary>
    private void Activate(Transaction transaction, List<ClientOrder> pending)
    {
        long needed = pending.Max(SpotClearing.NeedOf);
        ClientOrder payer = pending.First(order => SpotClearing.NeedOf(order) == needed);
        ExpiryReason refusal = pending.Select(Refuse).FirstOrDefault(reason => reason != ExpiryReason.None);
        if (refusal != ExpiryReason.None)
        {
            foreach (ClientOrder order in pending)
            {
                transaction.Expire(order, refusal);
            }

            return;
        }

        foreach (ClientOrder order in pending.OrderByDescending(order => order == payer))
        {
            transaction.Activate(order, sharesReservation: order != payer);
            ConditionalOrders.Begin(transaction, order);
        }

        foreach (ClientOrder order in pending.Where(order => order is { IsOpen: true, IsWorking: true }))
        {
            new OrderMatching(state, transaction).Match(order);
        }
    }

    private ExpiryReason Refuse(ClientOrder order)
    {
        if (order.Type == OrderType.LimitMaker && OrderMatching.WouldTake(order.Market, order.Side, order.Price))
        {
            return ExpiryReason.RejectedWouldTake;
        }

        if (ConditionalOrders.WouldFire(order.Type, order.Side, order.Terms, order.Market.LastPrice))
        {
            return ExpiryReason.RejectedWouldTrigger;
        }

        return admission.CanPay(order) ? ExpiryReason.None : ExpiryReason.RejectedUnpaid;
    }

    private OrderList Accept(Transaction transaction, NewOrderList asked)
    {
        long orderListId = state.Lists.Count;
        OrderList list = new(
            orderListId, asked.Account, asked.Market, asked.ListClientOrderId ?? $"list-{orderListId}",
            asked.Contingency, transaction.TimeMs);
        transaction.Begin(list);
        long needed = asked.Orders.Max(SpotClearing.NeedOf);
        bool isPaid = false;
        foreach (NewOrder order in asked.Orders)
        {
            ClientOrder accepted = order.Accepted(state.LastOrderId + 1, transaction.TimeMs);
            list.Add(accepted);
            bool pays = asked.Contingency == ContingencyType.Oto || (!isPaid && SpotClearing.NeedOf(order) == needed);
            accepted.SharesReservation = !pays;
            isPaid |= pays;
            transaction.Accept(accepted);
            ConditionalOrders.Begin(transaction, accepted);
        }

        foreach (ClientOrder order in list.Orders.Where(order => order is { IsOpen: true, IsWorking: true }).ToList())
        {
            new OrderMatching(state, transaction).Match(order);
        }

        return list;
    }

    private RefusalReason Check(NewOrderList asked)
    {
        Market market = asked.Market;
        SymbolRules rules = market.Symbol.Rules;
        int open = state.Lists.Values.Count(list =>
            list.Account == asked.Account && list.Market == market && list.IsOpen);
        if (open >= rules.OpenListsMax) return RefusalReason.MaxNumOrderLists;
        if (CheckTogether(asked) is var together and not RefusalReason.None) return together;
        int more = asked.Orders.Count - 1;
        if (asked.Account.OpenOrderCount(market) + more >= rules.OpenOrdersMax) return RefusalReason.MaxNumOrders;
        int conditional = asked.Orders.Count(order => order.IsConditional);
        if (conditional > 0
            && SpotAdmission.ConditionalOrderCount(asked.Account, market) + conditional > rules.OpenAlgoOrdersMax)
        {
            return RefusalReason.MaxNumAlgoOrders;
        }

        if (asked.ListClientOrderId is { } id && Find(asked.Account, null, id) is { IsOpen: true })
        {
            return RefusalReason.DuplicateOrder;
        }

        if (!IsOrderedAround(asked, market.LastPrice)) return RefusalReason.ListPricesWrong;
        foreach (NewOrder order in asked.Orders)
        {
            if (exchange.Test(order) is var refusal and not RefusalReason.None) return refusal;
        }

        return RefusalReason.None;
    }

    /// <summary>What each order's filters say, and then what no order by itself would show.</summary>
    private RefusalReason CheckTogether(NewOrderList asked)
    {
        long nowMs = core.NowMs();
        foreach (NewOrder order in asked.Orders)
        {
            if (SpotAdmission.CheckFilters(order, nowMs) is var refusal and not RefusalReason.None) return refusal;
        }

        RefusalReason counted = asked.Account.OrderCount.Check(nowMs, asked.Orders.Count);
        if (counted != RefusalReason.None) return counted;
        List<string> ids = [.. asked.Orders.Select(order => order.ClientOrderId).OfType<string>()];
        return ids.Distinct().Count() < ids.Count ? RefusalReason.DuplicateOrder : RefusalReason.None;
    }

    /// <summary>Of a pair the one above must stand above the last price, the one below beneath it.</summary>
    private static bool IsOrderedAround(NewOrderList asked, long lastPrice)
    {
        if (asked.Contingency == ContingencyType.Oto || lastPrice == 0)
        {
            return true;
        }

        (NewOrder above, NewOrder below) = (asked.Orders[0], asked.Orders[1]);
        return (Reference(above) == 0 || Reference(above) > lastPrice)
            && (Reference(below) == 0 || Reference(below) < lastPrice);
    }

    private static long Reference(NewOrder order) => order.IsConditional ? order.Terms.StopPrice : order.Price;
}
