namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// One command's changes: applied to orders and balances as they come, gathered for the journal and for those
/// who listen.
/// </summary>
internal sealed class Transaction(ExchangeState state, CommissionRates commission, long timeMs)
{
    private readonly List<ExecutionReport> _reports = [];
    private readonly List<(Market Market, PublicTrade Trade)> _trades = [];
    private readonly List<(Account Account, SortedSet<string> Assets)> _balances = [];
    private readonly List<Market> _marketsTouched = [];

    public JournalBatch Batch { get; } = new() { TimeMs = timeMs };

    public long TimeMs => timeMs;

    public void Accept(ClientOrder order)
    {
        order.Open(timeMs);
        state.Add(order);
        order.Account.OrderCount.Add(timeMs);
        Settlement.Reserve(order);
        Batch.Order = new JournalOrder(
            order.Account.Name, order.Market.Symbol.Name, order.OrderId, order.ClientOrderId, order.Side,
            order.Type, order.TimeInForce, order.Price, order.Quantity, order.QuoteQuantity,
            order.SelfTradePrevention);
        MarkBalance(order.Account, Settlement.PaidAsset(order));
        Report(order, ExecutionType.New, isOnBook: order.Type != OrderType.Market);
    }

    public void Fill(ClientOrder order, long tradeId, long price, long quantity, bool isMaker)
    {
        if (order.Trades.Count == 0)
        {
            order.Account.OrderCount.GiveBackForFirstFill(isMaker, timeMs);
        }

        long quote = Amount.NotionalOf(price, quantity);
        long fee = commission.Of(order.Side == OrderSide.Buy ? quantity : quote, isMaker);
        ClientTrade trade = new(
            order, tradeId, price, quantity, quote, fee, Settlement.ReceivedAsset(order), isMaker, timeMs);
        order.Apply(trade);
        Settlement.Settle(trade);
        order.Account.Trades.Add(trade);
        if (!order.IsOpen)
        {
            order.Account.Close(order);
        }

        (Batch.Trades ??= []).Add(new JournalTrade(order.OrderId, tradeId, price, quantity, fee, isMaker));
        MarkBalance(order.Account, Settlement.PaidAsset(order));
        MarkBalance(order.Account, Settlement.ReceivedAsset(order));
        Report(order, ExecutionType.Trade, isOnBook: order.IsOpen && order.IsReserved, trade);
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

    public void ExpireInMatch(ClientOrder order)
    {
        End(order, OrderState.ExpiredInMatch, ExpiryReason.None, order.LeavesQuantity);
        Report(order, ExecutionType.TradePrevention, isOnBook: false);
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

        foreach ((Account account, SortedSet<string> assets) in _balances)
        {
            listener.OnBalances(account, assets, timeMs);
        }

        foreach ((Market market, PublicTrade trade) in _trades)
        {
            listener.OnTrade(market, trade);
        }

        foreach (Market market in _marketsTouched)
        {
            listener.OnTopOfBook(market);
        }
    }

    private void End(ClientOrder order, OrderState ended, ExpiryReason reason, long preventedQuantity)
    {
        Settlement.Release(order);
        order.Close(ended, reason, preventedQuantity, timeMs);
        order.Account.Close(order);
        order.Account.UpdatedMs = timeMs;
        (Batch.Closes ??= []).Add(new JournalClose(order.OrderId, ended, reason, preventedQuantity));
        MarkBalance(order.Account, Settlement.PaidAsset(order));
    }

    private void Report(
        ClientOrder order,
        ExecutionType type,
        bool isOnBook,
        ClientTrade? trade = null,
        string? cancelId = null) =>
        _reports.Add(new ExecutionReport(
            order, type, order.State, state.NextExecutionId(), order.ExecutedQuantity, order.ExecutedQuote,
            order.PreventedQuantity, trade, cancelId, isOnBook, timeMs));

    private void MarkBalance(Account account, string asset)
    {
        foreach ((Account marked, SortedSet<string> assets) in _balances)
        {
            if (marked == account)
            {
                _ = assets.Add(asset);
                return;
            }
        }

        _balances.Add((account, new SortedSet<string>(StringComparer.Ordinal) { asset }));
    }
}
