using Oms.Domain;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Rebuilds accounts, orders and trades from the journal, by the rules that made them.</summary>
internal static class JournalReplay
{
    public static void Apply(
        ExchangeState state, IClearing clearing, JournalMarket market, IEnumerable<JournalBatch> batches)
    {
        foreach (JournalBatch batch in batches)
        {
            Apply(state, clearing, batch);
            if (batch.Transfer is { } transfer)
            {
                Transfer(state, market, transfer, batch.TimeMs);
            }
        }

        foreach (Account account in state.Accounts)
        {
            foreach (ClientOrder order in account.OpenOrders)
            {
                if (order.IsWorking)
                {
                    RestAgain(order);
                }
                else if (order.IsWaiting)
                {
                    order.Market.Waiting.Add(order);
                }
            }
        }
    }

    private static void Apply(ExchangeState state, IClearing clearing, JournalBatch batch)
    {
        foreach (JournalOpening opening in batch.Openings ?? [])
        {
            AccountOf(state, opening.Account).BalanceOf(opening.Asset).Open(opening.Amount);
        }

        if (batch.List is { } list)
        {
            state.Add(new OrderList(
                list.OrderListId, AccountOf(state, list.Account), MarketOf(state, list.Symbol), list.ListClientOrderId,
                list.Contingency, batch.TimeMs));
        }

        if (batch.Order is not null)
        {
            Accept(state, clearing, batch.Order, batch.TimeMs);
        }

        foreach (JournalStep step in batch.Steps ?? [])
        {
            Step(clearing, OrderOf(state, step.OrderId), step, batch.TimeMs);
        }

        foreach (JournalTrail trail in batch.Trails ?? [])
        {
            OrderOf(state, trail.OrderId).Follow(trail.BestPrice, batch.TimeMs);
        }

        Change(state, clearing, batch);
        foreach (PreventedMatch match in batch.PreventedMatches ?? [])
        {
            state.PreventedMatches.Add(match);
            MarketOf(state, match.Symbol).PreventedMatchCount++;
            Note(match, OrderOf(state, match.TakerOrderId));
            Note(match, OrderOf(state, match.MakerOrderId));
        }

        foreach (JournalTrade trade in batch.Trades ?? [])
        {
            Trade(clearing, OrderOf(state, trade.OrderId), trade, batch.TimeMs);
        }

        foreach (JournalClose close in batch.Closes ?? [])
        {
            ClientOrder order = OrderOf(state, close.OrderId);
            clearing.Release(order, Nobody(order));
            order.Close(close.State, close.Reason, close.PreventedQuantity, batch.TimeMs);
            order.Account.Close(order);
        }

        foreach (JournalBatch further in batch.Further ?? [])
        {
            Apply(state, clearing, further);
        }
    }

    private static void Note(PreventedMatch match, ClientOrder order)
    {
        if (match.QuantityOf(order) > 0)
        {
            order.PreventedMatchId = match.MatchId;
        }
    }

    /// <summary>Orders changed where they stand.</summary>
    private static void Change(ExchangeState state, IClearing clearing, JournalBatch batch)
    {
        foreach (JournalAmendment amendment in batch.Amendments ?? [])
        {
            ClientOrder order = OrderOf(state, amendment.OrderId);
            clearing.Release(order, Nobody(order));
            order.Amend(amendment.Price, amendment.Quantity, batch.TimeMs);
            clearing.Reserve(order, Nobody(order));
        }

        foreach (JournalReduction reduction in batch.Reductions ?? [])
        {
            Reduce(clearing, OrderOf(state, reduction.OrderId), reduction, batch.TimeMs);
        }

        foreach (JournalPrevention prevention in batch.Preventions ?? [])
        {
            ClientOrder order = OrderOf(state, prevention.OrderId);
            clearing.Release(order, Nobody(order));
            order.Prevent(prevention.Quantity, batch.TimeMs);
            clearing.Reserve(order, Nobody(order));
        }
    }

    private static void Step(IClearing clearing, ClientOrder order, JournalStep step, long timeMs)
    {
        order.SharesReservation = step.SharesReservation;
        switch (step.Step)
        {
            case OrderStep.Activated:
                order.Activate(timeMs);
                clearing.Reserve(order, Nobody(order));
                break;
            case OrderStep.Triggered:
                order.Trigger(timeMs);
                break;
            case OrderStep.Reserved:
                clearing.Reserve(order, Nobody(order));
                break;
        }
    }

    /// <summary>Each market its own side; the book of all transfers is spot's.</summary>
    private static void Transfer(
        ExchangeState state, JournalMarket market, JournalTransfer moved, long timeMs)
    {
        WalletKind own = market == JournalMarket.Spot ? WalletKind.Spot : WalletKind.UsdtFutures;
        Account from = AccountOf(state, moved.From);
        Account to = AccountOf(state, moved.To);
        from.BalanceOf(moved.Asset).Transfer(moved.FromWallet == own ? -moved.Amount : 0);
        to.BalanceOf(moved.Asset).Transfer(moved.ToWallet == own ? moved.Amount : 0);
        if (market == JournalMarket.Spot)
        {
            _ = state.Transfers.Add(
                new NewTransfer(
                    from, moved.FromWallet, to, moved.ToWallet, moved.Asset, moved.Amount, moved.ClientTransferId),
                timeMs);
        }
    }

    /// <summary>Nobody is told of what was told before.</summary>
    private static AccountChange Nobody(ClientOrder order) => new(order.Account, AccountChangeReason.Order);

    private static void Accept(
        ExchangeState state, IClearing clearing, JournalOrder accepted, long timeMs)
    {
        Account account = AccountOf(state, accepted.Account);
        ClientOrder order = new()
        {
            Account = account,
            Market = MarketOf(state, accepted.Symbol),
            OrderId = accepted.OrderId,
            ClientOrderId = accepted.ClientOrderId,
            Side = accepted.Side,
            Type = accepted.Type,
            TimeInForce = accepted.TimeInForce,
            Price = accepted.Price,
            Quantity = accepted.Quantity,
            QuoteQuantity = accepted.QuoteQuantity,
            SelfTradePrevention = accepted.SelfTradePrevention,
            Futures = accepted.Futures,
            Terms = accepted.Spot ?? SpotTerms.None,
            StartsPending = accepted.IsPending ?? false,
            SharesReservation = accepted.SharesReservation ?? false,
            CreatedMs = timeMs,
        };
        if (accepted.OrderListId is { } orderListId)
        {
            state.Lists[orderListId].Add(order);
        }

        order.Open(timeMs);
        state.Add(order);
        account.OrderCount.Add(timeMs);
        clearing.Reserve(order, Nobody(order));
    }

    private static void Reduce(
        IClearing clearing, ClientOrder order, JournalReduction reduced, long timeMs)
    {
        QuantityReduction reduction = new(
            reduced.ExecutionId, order.ClientOrderId, reduced.ClientOrderId, order.Quantity, reduced.Quantity, timeMs);
        clearing.Release(order, Nobody(order));
        order.Reduce(reduction);
        clearing.Reserve(order, Nobody(order));
        order.Account.Rename(order, reduction.OldClientOrderId);
    }

    private static void Trade(IClearing clearing, ClientOrder order, JournalTrade trade, long timeMs)
    {
        if (order.Trades.Count == 0)
        {
            order.Account.OrderCount.GiveBackForFirstFill(trade.IsMaker, timeMs);
        }

        ClientTrade replayed = clearing.Settle(
            new Execution(
                order, trade.TradeId, trade.Price, trade.Quantity, trade.IsMaker, timeMs, trade.Commission),
            Nobody(order));
        order.Apply(replayed);
        order.Account.Trades.Add(replayed);
        if (!order.IsOpen)
        {
            order.Account.Close(order);
        }
    }

    private static void RestAgain(ClientOrder order)
    {
        long resting = order.Market.Orders.AddLimit(OrderMatching.RestingAs(order), new FillList());
        Invariant.Holds(resting == order.LeavesQuantity);
        order.Market.Touch(order.BookSide, order.Price);
    }

    private static ClientOrder OrderOf(ExchangeState state, long orderId)
    {
        ClientOrder? order = state.FindOrder(orderId);
        Invariant.Holds(order is not null);
        return order;
    }

    private static Market MarketOf(ExchangeState state, string symbol)
    {
        bool isKnown = state.TryGetMarket(symbol, out Market? market);
        Invariant.Holds(isKnown && market is not null);
        return market;
    }

    private static Account AccountOf(ExchangeState state, string name) =>
        state.TryGetAccount(name, out Account? account)
            ? account
            : throw new StartException(
                $"--accounts: account \"{name}\" has a history in --data but is not in the file",
                StartException.WrongUsage);
}
