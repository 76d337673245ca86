namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// One command's changes: applied to orders and balances as they come, gathered for the journal and for those
/// who listen.
/// </summary>
internal sealed class Transaction(ExchangeState state, IClearing clearing, long timeMs)
{
    private readonly List<ExecutionReport> _reports = [];
    private readonly List<(Market Market, PublicTrade Trade)> _trades = [];
    private readonly List<AccountChange> _changes = [];
    private readonly List<Market> _marketsTouched = [];
    private readonly List<(OrderList List, ListStatus Status)> _lists = [];
    private JournalBatch? _page;

    public JournalBatch Batch { get; } = new() { TimeMs = timeMs };

    public long TimeMs => timeMs;

    /// <summary>What was traded so far, the first first.</summary>
    public IReadOnlyList<(Market Market, PublicTrade Trade)> Trades => _trades;

    /// <summary>Orders of lists of which something was said so far.</summary>
    public IEnumerable<OrderList> ListsConcerned =>
        _reports.Select(report => report.Order.List).OfType<OrderList>().Distinct();

    /// <summary>Where things are written down now.</summary>
    private JournalBatch Page => _page ??= Batch;

    /// <summary>Of futures, so far.</summary>
    public IEnumerable<Position> PositionsChanged => _changes.SelectMany(change => change.Positions);

    public void Accept(ClientOrder order)
    {
        order.Open(timeMs);
        state.Add(order);
        order.Account.OrderCount.Add(timeMs);
        clearing.Reserve(order, ChangeOf(order.Account));
        if (Page.Order is not null || !Page.HasOnlySteps())
        {
            TurnPage();
        }

        Page.Order = new JournalOrder(
            order.Account.Name, order.Market.Symbol.Name, order.OrderId, order.ClientOrderId, order.Side,
            order.Type, order.TimeInForce, order.Price, order.Quantity, order.QuoteQuantity,
            order.SelfTradePrevention, order.Futures, order.Terms == SpotTerms.None ? null : order.Terms,
            order.List?.OrderListId, order.State == OrderState.PendingNew ? true : null,
            order.SharesReservation ? true : null);
        Wait(order);
        Report(order, ExecutionType.New, isOnBook: order.IsWorking && order.HasPrice);
    }

    public void Fill(ClientOrder order, long tradeId, long price, long quantity, bool isMaker)
    {
        EndSiblingOf(order);
        if (order.Trades.Count == 0)
        {
            order.Account.OrderCount.GiveBackForFirstFill(isMaker, timeMs);
        }

        ClientTrade trade = clearing.Settle(
            new Execution(order, tradeId, price, quantity, isMaker, timeMs), ChangeOf(order.Account));
        order.Apply(trade);
        order.Account.Trades.Add(trade);
        if (!order.IsOpen)
        {
            order.Account.Close(order);
        }

        (Page.Trades ??= []).Add(
            new JournalTrade(order.OrderId, tradeId, price, quantity, trade.Commission, isMaker));
        Report(order, ExecutionType.Trade, isOnBook: order.IsOpen && order.HasPrice, trade);
    }

    /// <summary>Writes a list down; its orders are to be accepted next.</summary>
    public void Begin(OrderList list)
    {
        state.Add(list);
        Batch.List = new JournalList(
            list.OrderListId, list.Account.Name, list.Market.Symbol.Name, list.ListClientOrderId, list.Contingency);
        Note(list, ListStatus.Started);
    }

    public void Note(OrderList list, ListStatus status)
    {
        if (!_lists.Contains((list, status)))
        {
            _lists.Add((list, status));
        }
    }

    /// <summary>What an order waited for is filled.</summary>
    /// <param name="sharesReservation">Whether the other of its pair sets its balance aside.</param>
    public void Activate(ClientOrder order, bool sharesReservation)
    {
        order.SharesReservation = sharesReservation;
        order.Activate(timeMs);
        clearing.Reserve(order, ChangeOf(order.Account));
        Step(order, OrderStep.Activated);
        Wait(order);
        Report(order, ExecutionType.New, isOnBook: order.IsWorking && order.HasPrice);
    }

    /// <summary>The price of an order has come; it is to be matched by the caller.</summary>
    public void Trigger(ClientOrder order)
    {
        EndSiblingOf(order);
        order.Trigger(timeMs);
        _ = order.Market.Waiting.Remove(order);
        Step(order, OrderStep.Triggered);
        Report(order, ExecutionType.New, isOnBook: order.HasPrice);
    }

    public void Follow(ClientOrder order, long bestPrice)
    {
        order.Follow(bestPrice, timeMs);
        (Page.Trails ??= []).Add(new JournalTrail(order.OrderId, bestPrice));
    }

    /// <summary>Changes an order in place; in its book it is to be moved by the caller.</summary>
    public void Amend(ClientOrder order, long price, long quantity)
    {
        clearing.Release(order, ChangeOf(order.Account));
        order.Amend(price, quantity, timeMs);
        clearing.Reserve(order, ChangeOf(order.Account));
        (Page.Amendments ??= []).Add(new JournalAmendment(order.OrderId, price, quantity));
        Report(order, ExecutionType.Amendment, isOnBook: true);
    }

    /// <summary>Makes an order smaller in place; in its book it is to be reduced by the caller.</summary>
    public QuantityReduction Reduce(ClientOrder order, long quantity, string? newClientOrderId)
    {
        QuantityReduction reduction = new(
            state.NextExecutionId(), order.ClientOrderId,
            newClientOrderId ?? $"amend-{order.OrderId}-{order.Reductions.Count + 1}", order.Quantity, quantity,
            timeMs);
        clearing.Release(order, ChangeOf(order.Account));
        order.Reduce(reduction);
        clearing.Reserve(order, ChangeOf(order.Account));
        order.Account.Rename(order, reduction.OldClientOrderId);
        order.Account.UpdatedMs = timeMs;
        (Page.Reductions ??= []).Add(
            new JournalReduction(order.OrderId, reduction.ExecutionId, reduction.NewClientOrderId, quantity));
        _reports.Add(new ExecutionReport(
            order, ExecutionType.Replaced, order.State, reduction.ExecutionId, order.ExecutedQuantity,
            order.ExecutedQuote, order.PreventedQuantity, null, order.ClientOrderId, null, reduction.OldClientOrderId,
            order.IsWorking && order.HasPrice, null, order.WorkingMs, timeMs));
        return reduction;
    }

    public void Cancel(ClientOrder order, string cancelClientOrderId)
    {
        End(order, OrderState.Canceled, ExpiryReason.None, preventedQuantity: 0);
        Report(order, ExecutionType.Canceled, isOnBook: false, trade: null, cancelClientOrderId);
    }

    public void Expire(ClientOrder order, ExpiryReason reason)
    {
        End(order, OrderState.Expired, reason, preventedQuantity: 0);
        Report(order, ExecutionType.Expired, isOnBook: false);
    }

    /// <summary>Notes that two orders of an account would have traded.</summary>
    /// <param name="takerQuantity">What the taker loses by it; 0 where it goes on.</param>
    /// <param name="makerQuantity">What the maker loses by it; 0 where it goes on.</param>
    public PreventedMatch NotePrevented(
        ClientOrder taker, ClientOrder maker, long takerQuantity, long makerQuantity)
    {
        string symbol = taker.Market.Symbol.Name;
        PreventedMatch match = new(
            taker.Market.PreventedMatchCount++, symbol, taker.Account.Name, taker.OrderId, maker.OrderId,
            taker.SelfTradePrevention, maker.Price, takerQuantity, makerQuantity, timeMs);
        state.PreventedMatches.Add(match);
        (Page.PreventedMatches ??= []).Add(match);
        return match;
    }

    /// <summary>Takes from an order what it would have traded with its owner's own; its last piece ends it.</summary>
    public void Prevent(ClientOrder order, PreventedMatch match)
    {
        long quantity = match.QuantityOf(order);
        bool isLast = quantity == order.LeavesQuantity;
        if (isLast)
        {
            End(order, OrderState.ExpiredInMatch, ExpiryReason.None, quantity);
        }
        else
        {
            // Like a trade: what is left of it is no longer what the other of its pair shares.
            EndSiblingOf(order);
            clearing.Release(order, ChangeOf(order.Account));
            order.Prevent(quantity, timeMs);
            clearing.Reserve(order, ChangeOf(order.Account));
            (Page.Preventions ??= []).Add(new JournalPrevention(order.OrderId, quantity));
        }

        order.PreventedMatchId = match.MatchId;
        Report(
            order, ExecutionType.TradePrevention, isOnBook: !isLast && order.HasPrice, trade: null, cancelId: null,
            match);
    }

    /// <summary>What this command changes of an account, to be completed by who changes more of it.</summary>
    public AccountChange ChangeOf(Account account, AccountChangeReason reason = AccountChangeReason.Order)
    {
        AccountChange? change =
            _changes.Find(change => change.Account == account && change.Reason == reason);
        if (change is null)
        {
            change = new AccountChange(account, reason);
            _changes.Add(change);
        }

        return change;
    }

    public void Publish(Market market, in PublicTrade trade)
    {
        market.Publish(trade);
        _trades.Add((market, trade));
    }

    public void Touch(Market market, Matching.BookSide side, long price)
    {
        market.Touch(side, price);
        if (!_marketsTouched.Contains(market))
        {
            _marketsTouched.Add(market);
        }
    }

    public void Tell(IExchangeListener listener)
    {
        foreach (ExecutionReport report in _reports)
        {
            listener.OnExecution(report);
        }

        foreach ((OrderList list, ListStatus status) in _lists)
        {
            listener.OnList(list, status, timeMs);
        }

        foreach (AccountChange change in _changes.Where(change => change.Assets.Count > 0))
        {
            listener.OnAccount(change, timeMs);
        }

        foreach ((Market market, PublicTrade trade) in _trades)
        {
            listener.OnTrade(market, trade);
        }

        foreach (Market market in _marketsTouched)
        {
            listener.OnTopOfBook(market, timeMs);
        }
    }

    /// <summary>Of a pair that which begins to trade, or would have with its owner's own, ends the other.</summary>
    private void EndSiblingOf(ClientOrder order)
    {
        if (order.List?.SiblingOf(order) is not { IsOpen: true } sibling)
        {
            return;
        }

        ExchangeCore.TakeOut(this, sibling);
        Expire(sibling, ExpiryReason.SiblingTraded);
        if (order.SharesReservation)
        {
            order.SharesReservation = false;
            clearing.Reserve(order, ChangeOf(order.Account));
            Step(order, OrderStep.Reserved);
        }
    }

    private static void Wait(ClientOrder order)
    {
        if (order.IsWaiting)
        {
            order.Market.Waiting.Add(order);
        }
    }

    private void Step(ClientOrder order, OrderStep step)
    {
        if (!Page.HasOnlySteps())
        {
            TurnPage();
        }

        (Page.Steps ??= []).Add(new JournalStep(order.OrderId, step, order.SharesReservation));
    }

    private void TurnPage()
    {
        _page = new JournalBatch { TimeMs = timeMs };
        (Batch.Further ??= []).Add(_page);
    }

    private void End(ClientOrder order, OrderState ended, ExpiryReason reason, long preventedQuantity)
    {
        clearing.Release(order, ChangeOf(order.Account));
        order.Close(ended, reason, preventedQuantity, timeMs);
        order.Account.Close(order);
        _ = order.Market.Waiting.Remove(order);
        order.Account.UpdatedMs = timeMs;
        (Page.Closes ??= []).Add(new JournalClose(order.OrderId, ended, reason, preventedQuantity));
    }

    private void Report(
        ClientOrder order,
        ExecutionType type,
        bool isOnBook,
        ClientTrade? trade = null,
        string? cancelId = null,
        PreventedMatch? prevented = null) =>
        _reports.Add(new ExecutionReport(
            order, type, order.State, state.NextExecutionId(), order.ExecutedQuantity, order.ExecutedQuote,
            order.PreventedQuantity, trade, order.ClientOrderId, cancelId, null, isOnBook,
            prevented, order.WorkingMs, timeMs));
}
