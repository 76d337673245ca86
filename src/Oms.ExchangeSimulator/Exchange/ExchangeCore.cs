using Oms.Domain;
using Oms.ExchangeSimulator.Crowd;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// What every market of the exchange does alike: one command at a time, behind one lock. Match, settle, journal,
/// tell, and only then answer. Given the same journal, commands and clock it does the same.
/// </summary>
internal sealed class ExchangeCore
{
    private readonly Lock _gate;
    private readonly ExchangeState _state;
    private readonly IClearing _clearing;
    private readonly ExchangeJournal _journal;
    private readonly JournalMarket? _market;
    private readonly IExchangeListener _listener;
    private readonly TimeProvider _clock;
    private long _lastMs;

    /// <param name="gate">Shared by all markets, so that one command may concern several.</param>
    public ExchangeCore(
        Lock gate,
        ExchangeState state,
        IClearing clearing,
        ExchangeJournal journal,
        JournalMarket market,
        IExchangeListener listener,
        TimeProvider clock)
    {
        (_gate, _state, _clearing, _journal, _listener, _clock) =
            (gate, state, clearing, journal, listener, clock);
        _market = market == JournalMarket.Spot ? null : market;
        _lastMs = journal.Restored.Select(batch => batch.TimeMs).DefaultIfEmpty().Max();
        Restored =
            [.. journal.Restored.Where(batch => batch.Market == _market || batch.Transfer is not null)];
        JournalReplay.Apply(state, clearing, market, Restored);
    }

    public IExchangeListener Listener => _listener;

    /// <summary>Called with the lock held when a command is done and told: what follows from it are commands.</summary>
    public Action? AfterChange { get; set; }

    /// <summary>What follows from a command within it, before it is written down.</summary>
    public Action<Transaction>? BeforeCommit { get; set; }

    /// <summary>What earlier runs wrote of this market, and of transfers, which may concern it.</summary>
    public IReadOnlyList<JournalBatch> Restored { get; }

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

    /// <summary>Makes one command's changes, writes them down, and tells them.</summary>
    public TResult Change<TResult>(Func<Transaction, TResult> change)
    {
        lock (_gate)
        {
            Transaction transaction = new(_state, _clearing, Now());
            TResult result = change(transaction);
            BeforeCommit?.Invoke(transaction);
            Write(transaction.Batch);
            transaction.Tell(_listener);
            AfterChange?.Invoke();
            return result;
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

            string cancelId = cancel.CancelClientOrderId ?? $"cancel-{order.OrderId}";
            return Change(transaction =>
            {
                TakeOut(transaction, order, cancelId);
                return new CancelResult(RefusalReason.None, order, cancelId);
            });
        }
    }

    /// <summary>Cancels all that an account has open in a market.</summary>
    public IReadOnlyList<CancelResult> CancelAll(Account account, Market market) => Change(transaction =>
    {
        List<CancelResult> canceled = [];
        foreach (ClientOrder order in account.OpenOrders.Where(order => order.Market == market).ToList())
        {
            string cancelId = $"cancel-{order.OrderId}";
            TakeOut(transaction, order, cancelId);
            canceled.Add(new CancelResult(RefusalReason.None, order, cancelId));
        }

        return canceled;
    });

    /// <summary>A market takes no more orders, and all that are open there end.</summary>
    public void Delist(Market market) => _ = Change(transaction =>
    {
        market.IsTrading = false;
        foreach (ClientOrder order in _state.Accounts.SelectMany(account => account.OpenOrders)
            .Where(order => order.Market == market).ToList())
        {
            // Its list may have ended it already.
            if (order.IsOpen)
            {
                TakeOut(transaction, order);
                transaction.Expire(order, ExpiryReason.Delisted);
            }
        }

        return true;
    });

    public void Apply(Market market, CrowdStep step) => _ = Change(transaction =>
    {
        new CrowdMatching(_state, market, transaction).Apply(step);
        market.HasCrowd = true;
        return true;
    });

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

    /// <summary>Takes an order out of its book, where it rests in one.</summary>
    public static void TakeOut(ClientOrder order)
    {
        if (!order.IsWorking)
        {
            return;
        }

        long canceledQuantity = order.Market.Orders.Cancel(order.OrderId);
        Invariant.Holds(canceledQuantity == order.LeavesQuantity);
    }

    /// <summary>Takes an order out of its book, where it rests in one, and tells the book's readers.</summary>
    public static void TakeOut(Transaction transaction, ClientOrder order)
    {
        TakeOut(order);
        if (order.IsWorking)
        {
            transaction.Touch(order.Market, order.BookSide, order.Price);
        }
    }

    /// <summary>Cancels an open order.</summary>
    public static void TakeOut(Transaction transaction, ClientOrder order, string cancelId)
    {
        TakeOut(transaction, order);
        transaction.Cancel(order, cancelId);
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

    private long Now()
    {
        _lastMs = Math.Max(_lastMs, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        return _lastMs;
    }

    private void Write(JournalBatch batch)
    {
        if (!batch.IsEmpty())
        {
            batch.Market = _market;
            _journal.Append(batch);
        }
    }
}
