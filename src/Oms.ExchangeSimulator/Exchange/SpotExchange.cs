using Oms.ExchangeSimulator.Crowd;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// The exchange: one command at a time, behind one lock. Check, match, settle, journal, tell, and only then
/// answer. Given the same journal, commands and clock it does the same.
/// </summary>
internal sealed class SpotExchange
{
    private readonly Lock _gate = new();
    private readonly ExchangeState _state;
    private readonly ExchangeJournal _journal;
    private readonly IExchangeListener _listener;
    private readonly CommissionRates _commission;
    private readonly TimeProvider _clock;
    private long _lastMs;

    public SpotExchange(
        ExchangeState state,
        ExchangeJournal journal,
        IExchangeListener listener,
        CommissionRates commission,
        TimeProvider clock)
    {
        (_state, _journal, _listener, _commission, _clock) = (state, journal, listener, commission, clock);
        _lastMs = journal.Restored.Select(batch => batch.TimeMs).DefaultIfEmpty().Max();
        JournalReplay.Apply(state, journal.Restored);
        journal.Append(new JournalBatch { TimeMs = Now(), Run = journal.Run });
    }

    public CommissionRates Commission => _commission;

    /// <summary>The exchange's clock, which never goes back.</summary>
    public long NowMs()
    {
        lock (_gate)
        {
            return Now();
        }
    }

    /// <summary>
    /// Gives accounts what they do not have yet; what they were given before stays as it is.
    /// </summary>
    public void Open(IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> balancesByAccount)
    {
        lock (_gate)
        {
            JournalBatch batch = new() { TimeMs = Now() };
            foreach (Account account in _state.Accounts)
            {
                foreach ((string asset, long amount) in balancesByAccount[account.Name])
                {
                    if (!account.HasBalance(asset) || account.BalanceOf(asset).IsUntouched)
                    {
                        account.BalanceOf(asset).Open(amount);
                        (batch.Openings ??= []).Add(new JournalOpening(account.Name, asset, amount));
                    }
                }
            }

            Write(batch);
        }
    }

    public PlaceResult Place(NewOrder order)
    {
        lock (_gate)
        {
            long nowMs = Now();
            NewOrder sized = Size(order);
            RefusalReason refusal = Check(order, sized, nowMs);
            if (refusal != RefusalReason.None)
            {
                return new PlaceResult(refusal, null);
            }

            Transaction transaction = new(_state, _commission, nowMs);
            ClientOrder accepted = Create(sized, nowMs);
            transaction.Accept(accepted);
            new OrderMatching(_state, transaction).Match(accepted);
            Commit(transaction);
            return new PlaceResult(RefusalReason.None, accepted);
        }
    }

    /// <summary>What <see cref="Place"/> would refuse, without placing.</summary>
    public RefusalReason Test(NewOrder order)
    {
        lock (_gate)
        {
            return Check(order, Size(order), Now());
        }
    }

    public CancelResult Cancel(CancelOrder cancel)
    {
        lock (_gate)
        {
            (RefusalReason refusal, ClientOrder? order) = Find(cancel);
            if (refusal != RefusalReason.None || order is null)
            {
                return new CancelResult(refusal, null, "");
            }

            Transaction transaction = new(_state, _commission, Now());
            string cancelId = cancel.CancelClientOrderId ?? $"cancel-{order.OrderId}";
            TakeOut(transaction, order, cancelId);
            Commit(transaction);
            return new CancelResult(RefusalReason.None, order, cancelId);
        }
    }

    /// <summary>Cancels all that an account has open in a market.</summary>
    public IReadOnlyList<CancelResult> CancelAll(Account account, Market market)
    {
        lock (_gate)
        {
            Transaction transaction = new(_state, _commission, Now());
            List<CancelResult> canceled = [];
            foreach (ClientOrder order in account.OpenOrders.Where(order => order.Market == market).ToList())
            {
                string cancelId = $"cancel-{order.OrderId}";
                TakeOut(transaction, order, cancelId);
                canceled.Add(new CancelResult(RefusalReason.None, order, cancelId));
            }

            Commit(transaction);
            return canceled;
        }
    }

    public void Apply(Market market, CrowdStep step)
    {
        lock (_gate)
        {
            Transaction transaction = new(_state, _commission, Now());
            new CrowdMatching(_state, market, transaction).Apply(step);
            market.HasCrowd = true;
            Commit(transaction);
        }
    }

    /// <summary>Publishes the levels that changed since the last publication at this speed.</summary>
    public void PublishDepth(DepthSpeed speed)
    {
        lock (_gate)
        {
            foreach (Market market in _state.Markets)
            {
                if (market.TakeDiff(speed) is { } diff)
                {
                    _listener.OnDepth(market, speed, diff, Now());
                }
            }
        }
    }

    /// <summary>Reads the state while nothing moves.</summary>
    public T Read<T>(Func<ExchangeState, T> query)
    {
        lock (_gate)
        {
            return query(_state);
        }
    }

    private static long? LimitOf(NewOrder order) => order.Type == OrderType.Market ? null : order.Price;

    private long Now()
    {
        _lastMs = Math.Max(_lastMs, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        return _lastMs;
    }

    /// <summary>A market order sized by what it may cost gets the quantity that this buys.</summary>
    private NewOrder Size(NewOrder order) => order.QuoteQuantity == 0
        ? order
        : order with
        {
            Quantity = OrderMatching.QuantityFor(
                order.Account, _state, order.Market, order.Side, order.QuoteQuantity),
        };

    private RefusalReason Check(NewOrder asked, NewOrder sized, long nowMs)
    {
        Market market = asked.Market;
        RefusalReason refusal = market.Symbol.Rules.Check(
            asked.Type, asked.Price, asked.Quantity, asked.QuoteQuantity, market.ReferencePrice(nowMs));
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        refusal = asked.Account.OrderCount.Check(nowMs);
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        if (asked.Account.OpenOrderCount(market) >= market.Symbol.Rules.OpenOrdersMax)
        {
            return RefusalReason.MaxNumOrders;
        }

        if (asked.ClientOrderId is { } id && asked.Account.FindOrder(market, id) is { IsOpen: true })
        {
            return RefusalReason.DuplicateOrder;
        }

        if (asked.Type == OrderType.LimitMaker && OrderMatching.WouldTake(market, asked.Side, asked.Price))
        {
            return RefusalReason.WouldTakeLiquidity;
        }

        if (sized.Quantity < market.Symbol.Rules.QuantityMin)
        {
            return RefusalReason.NoLiquidity;
        }

        return CanPay(sized) ? RefusalReason.None : RefusalReason.InsufficientBalance;
    }

    private bool CanPay(NewOrder order)
    {
        long cost = order.Quantity;
        if (order.Side == OrderSide.Buy)
        {
            cost = LimitOf(order) is { } limit
                ? Amount.NotionalOf(limit, order.Quantity)
                : OrderMatching.CostOf(order.Account, _state, order.Market, order.Side, order.Quantity);
        }

        string asset = Settlement.PaidAsset(order.Market.Symbol, order.Side);
        return order.Account.HasBalance(asset) && order.Account.BalanceOf(asset).Free >= cost;
    }

    private ClientOrder Create(NewOrder order, long nowMs)
    {
        long orderId = _state.LastOrderId + 1;
        return new ClientOrder
        {
            Account = order.Account,
            Market = order.Market,
            OrderId = orderId,
            ClientOrderId = order.ClientOrderId ?? $"exchange-{orderId}",
            Side = order.Side,
            Type = order.Type,
            TimeInForce = order.TimeInForce,
            Price = order.Price,
            Quantity = order.Quantity,
            QuoteQuantity = order.QuoteQuantity,
            SelfTradePrevention = order.SelfTradePrevention,
            CreatedMs = nowMs,
        };
    }

    private static (RefusalReason Refusal, ClientOrder? Order) Find(CancelOrder cancel)
    {
        ClientOrder? order = cancel.OrderId is { } orderId
            ? cancel.Account.FindOrder(orderId)
            : cancel.Account.FindOrder(cancel.Market, cancel.ClientOrderId ?? "");
        if (order is null || order.Market != cancel.Market || !order.IsOpen)
        {
            return (RefusalReason.UnknownOrder, null);
        }

        if (cancel.ClientOrderId is { } clientOrderId && order.ClientOrderId != clientOrderId)
        {
            return (RefusalReason.ClientOrderIdMismatch, null);
        }

        bool isAllowed = cancel.Restriction switch
        {
            CancelRestriction.None => true,
            CancelRestriction.OnlyNew => order.State == OrderState.New,
            CancelRestriction.OnlyPartiallyFilled => order.State == OrderState.PartiallyFilled,
        };
        return isAllowed ? (RefusalReason.None, order) : (RefusalReason.CancelRestricted, null);
    }

    private static void TakeOut(Transaction transaction, ClientOrder order, string cancelId)
    {
        long canceledQuantity = order.Market.Orders.Cancel(order.OrderId);
        Domain.Invariant.Holds(canceledQuantity == order.LeavesQuantity);
        transaction.Cancel(order, cancelId);
        transaction.Touch(order.Market, order.BookSide, order.Price);
    }

    private void Commit(Transaction transaction)
    {
        Write(transaction.Batch);
        transaction.Tell(_listener);
    }

    private void Write(JournalBatch batch)
    {
        if (!batch.IsEmpty())
        {
            _journal.Append(batch);
        }
    }
}
