using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>The market of futures: what it takes, by which rules, and how accounts trade there.</summary>
internal sealed class FuturesExchange
{
    private readonly ExchangeCore _core;
    private readonly FuturesState _state;
    private readonly FuturesClearing _clearing;
    private readonly FuturesAdmission _admission;
    private readonly IFuturesListener _listener;

    public FuturesExchange(
        ExchangeCore core, FuturesState state, FuturesClearing clearing, IFuturesListener listener)
    {
        (_core, _state, _clearing, _listener) = (core, state, clearing, listener);
        _admission = new FuturesAdmission(state);
        Algos = new AlgoOrders(core, state, this, listener);
        core.AfterChange = Algos.Watch;
        foreach (JournalBatch batch in core.Restored)
        {
            Restore(batch);
        }
    }

    public ExchangeCore Core => _core;

    public FuturesState State => _state;

    public AlgoOrders Algos { get; }

    public CommissionRates Commission => _clearing.Commission;

    public FuturesResult Place(NewOrder order) => _core.Read(_ =>
    {
        long nowMs = _core.NowMs();
        FuturesRefusal refusal = _admission.Check(order, nowMs);
        return refusal != FuturesRefusal.None
            ? new FuturesResult(refusal, null)
            : _core.Change(transaction => new FuturesResult(
                FuturesRefusal.None, Match(transaction, order.Accepted(_state.Shared.LastOrderId + 1, nowMs))));
    });

    /// <summary>What <see cref="Place"/> would refuse, without placing.</summary>
    public FuturesRefusal Test(NewOrder order) => _core.Read(_ => _admission.Check(order, _core.NowMs()));

    /// <summary>
    /// Changes a limit order in place: it loses its turn, and takes what it can at its new price. At or below what it
    /// has filled it is canceled.
    /// </summary>
    public FuturesResult Modify(Account account, Market market, long? orderId, string? clientOrderId, OrderSide side,
        long price, long quantity) => _core.Read(_ =>
    {
        ClientOrder? order = orderId is { } id
            ? account.FindOrder(id)
            : account.FindOrder(market, clientOrderId ?? "");
        if (order is not { IsOpen: true } || order.Market != market || order.Side != side)
        {
            return new FuturesResult(FuturesRefusal.UnknownOrder, null);
        }

        FuturesRefusal refusal = CheckModify(order, price, quantity);
        if (refusal != FuturesRefusal.None)
        {
            return new FuturesResult(refusal, null);
        }

        bool isOver = quantity <= order.ExecutedQuantity
            || (order.Type == OrderType.LimitMaker && OrderMatching.WouldTake(market, side, price));
        return _core.Change(transaction =>
        {
            ExchangeCore.TakeOut(order);
            transaction.Touch(market, order.BookSide, order.Price);
            if (isOver)
            {
                transaction.Cancel(order, order.ClientOrderId);
            }
            else
            {
                transaction.Amend(order, price, quantity);
                new OrderMatching(_state.Shared, transaction).Match(order);
                ExpireWhatReducesNothing(transaction);
            }

            return new FuturesResult(FuturesRefusal.None, order);
        });
    });

    public FuturesRefusal SetLeverage(FuturesAccount account, Market market, int leverage) => _core.Read(_ =>
    {
        if (leverage < 1 || leverage > _state.Of(market).Symbol.LeverageMax)
        {
            return FuturesRefusal.LeverageOutOfRange;
        }

        int before = account.LeverageOf(market);
        account.SetLeverage(market, leverage);
        if (leverage < before && Margin.AvailableOf(_state, account, market.Symbol.QuoteAsset) < 0)
        {
            account.SetLeverage(market, before);
            return FuturesRefusal.LeverageBelowMargin;
        }

        Write(new JournalSetting(account.Account.Name, market.Symbol.Name, leverage, null));
        _listener.OnLeverage(account.Account, market, leverage, _core.NowMs());
        return FuturesRefusal.None;
    });

    public FuturesRefusal SetHedged(FuturesAccount account, bool isHedged) => _core.Read(_ =>
    {
        if (account.IsHedged == isHedged) return FuturesRefusal.ModeUnchanged;
        if (account.Account.OpenOrders.Count > 0) return FuturesRefusal.ModeWithOpenOrders;
        if (account.HasPositions) return FuturesRefusal.ModeWithPositions;
        account.IsHedged = isHedged;
        Write(new JournalSetting(account.Account.Name, null, null, isHedged));
        return FuturesRefusal.None;
    });

    public FuturesRefusal SetIsolated(FuturesAccount account, Market market, bool isIsolated) => _core.Read(_ =>
    {
        if (account.IsIsolated(market) == isIsolated) return FuturesRefusal.MarginTypeUnchanged;
        if (account.Account.OpenOrders.Any(order => order.Market == market))
            return FuturesRefusal.MarginTypeWithOpenOrders;
        if (account.PositionsIn(market).Any(position => position.Quantity != 0))
            return FuturesRefusal.MarginTypeWithPosition;
        account.SetIsolated(market, isIsolated);
        Write(new JournalSetting(account.Account.Name, market.Symbol.Name, null, null, isIsolated));
        return FuturesRefusal.None;
    });

    /// <summary>
    /// Moves marks, ends what is out of time, pays funding that is due, and closes what must not stay open.
    /// </summary>
    /// <param name="isFundingDue">Whether the time of a payment has come.</param>
    public void Tick(bool isFundingDue) => _core.Read(_ =>
    {
        long nowMs = _core.NowMs();
        foreach (FuturesMarket market in _state.Markets)
        {
            market.Move();
            _listener.OnMark(market, nowMs);
            if (isFundingDue)
            {
                PayFunding(market, market.FundingRate);
            }
        }

        ExpireDated(nowMs);
        CancelWhatRanOut(nowMs);
        Algos.Watch();
        new Liquidation(_core, _state, _listener).Run();
        return true;
    });

    /// <summary>Holds a market's mark at a price, and lets follow what follows; 0 lets it go.</summary>
    public void HoldMark(Market market, long price)
    {
        _ = _core.Read(_ =>
        {
            _state.Of(market).HoldMark(price);
            return true;
        });
        Tick(isFundingDue: false);
    }

    /// <summary>Everybody with a position pays or gets its share: who is long pays at a positive rate.</summary>
    public void PayFunding(FuturesMarket market, long rate) => _ = _core.Change(transaction =>
    {
        foreach (FuturesAccount account in _state.Accounts)
        {
            foreach (Position position in account.PositionsIn(market.Market)
                .Where(each => each.Quantity != 0).ToList())
            {
                long amount = -(long)((Int128)position.ValueAt(market.MarkPrice) * rate / Amount.One);
                AccountChange change = transaction.ChangeOf(account.Account, AccountChangeReason.FundingFee);
                FuturesIncome.Book(
                    transaction, _state, account, market.Market.Symbol, IncomeType.FundingFee, amount);
                _ = change.Assets.Add(market.Market.Symbol.QuoteAsset);
            }
        }

        return true;
    });

    /// <summary>Closes a quantity of an account's position against the exchange's own.</summary>
    public ClientOrder? Deleverage(FuturesAccount account, Market market, PositionSide side) => _core.Read(_ =>
    {
        Position position = account.PositionOf(market, side);
        return position.Quantity == 0
            ? null
            : _core.Change(transaction =>
            {
                ClientOrder closed = ForcedClose.Of(
                    transaction, _state, position, FuturesOrderOrigin.AutoDeleveraging);
                ExpireWhatReducesNothing(transaction);
                return closed;
            });
    });

    /// <summary>Closes what an account holds as if its margin were used up; false where it holds nothing.</summary>
    public bool Liquidate(FuturesAccount account) => _core.Read(_ =>
    {
        bool isOpen = account.HasPositions;
        if (isOpen)
        {
            new Liquidation(_core, _state, _listener).Close(account);
        }

        return isOpen;
    });

    /// <summary>A symbol is traded no more: its orders end, and its positions are settled at the mark.</summary>
    public void Delist(Market market) => _ = _core.Read(shared =>
    {
        _core.Delist(market);
        Algos.CancelAll(market);
        foreach (Position position in shared.Accounts.SelectMany(account => _state.Of(account).PositionsIn(market))
            .Where(position => position.Quantity != 0).ToList())
        {
            _ = _core.Change(transaction =>
                ForcedClose.Of(transaction, _state, position, FuturesOrderOrigin.Settlement));
        }

        return true;
    });

    private ClientOrder Match(Transaction transaction, ClientOrder order)
    {
        transaction.Accept(order);
        new OrderMatching(_state.Shared, transaction).Match(order);
        ExpireWhatReducesNothing(transaction);
        return order;
    }

    private FuturesRefusal CheckModify(ClientOrder order, long price, long quantity)
    {
        FuturesMarket market = _state.Of(order.Market);
        if (!order.Market.IsTrading) return FuturesRefusal.MarketClosed;
        if (order.Type == OrderType.Market) return FuturesRefusal.OnlyLimitOrders;
        if (order.Price == price && order.Quantity == quantity) return FuturesRefusal.ChangesNothing;
        FuturesRefusal refusal = FuturesAdmission.CheckNumbers(market.Symbol, order.Type, price, quantity);
        if (refusal == FuturesRefusal.None) refusal = FuturesAdmission.CheckBand(market, order.Type, order.Side, price);
        if (refusal != FuturesRefusal.None || FuturesAdmission.IsReducing(order)) return refusal;
        long notional = Amount.NotionalOf(price, quantity);
        if (notional < market.Symbol.Listed.Rules.NotionalMin) return FuturesRefusal.NotionalBelowMin;
        long more = Amount.NotionalOf(price, Math.Max(0, quantity - order.ExecutedQuantity))
            - Amount.NotionalOf(order.Price, order.LeavesQuantity);
        return _admission.CheckMargin(
            _state.Of(order.Account), order.Market,
            OpenNotional.Of(order.Side, more, order.Futures?.PositionSide ?? PositionSide.Both));
    }

    /// <summary>Orders that may only reduce end when there is nothing left for them, the newest first.</summary>
    private void ExpireWhatReducesNothing(Transaction transaction)
    {
        foreach (Position position in transaction.PositionsChanged.ToList())
        {
            IEnumerable<ClientOrder> reducing = position.Account.OpenOrders
                .Where(order => order.Market == position.Market && FuturesAdmission.IsReducing(order)
                    && order.Futures?.PositionSide == position.Side)
                .OrderByDescending(order => order.OrderId);
            foreach (ClientOrder order in reducing.ToList())
            {
                FuturesAccount account = _state.Of(position.Account);
                if (FuturesAdmission.Reducible(account, position.Market, order.Side, position.Side) < 0)
                {
                    ExchangeCore.TakeOut(order);
                    transaction.Expire(order, ExpiryReason.NothingToReduce);
                    transaction.Touch(order.Market, order.BookSide, order.Price);
                }
            }
        }
    }

    private void ExpireDated(long nowMs)
    {
        foreach (ClientOrder order in _state.Accounts.SelectMany(account => account.Account.OpenOrders)
            .Where(order => order.Futures is { GoodTillMs: > 0 and long till } && till <= nowMs).ToList())
        {
            _ = _core.Change(transaction =>
            {
                ExchangeCore.TakeOut(order);
                transaction.Expire(order, ExpiryReason.GoodTillDatePast);
                transaction.Touch(order.Market, order.BookSide, order.Price);
                return true;
            });
        }
    }

    /// <summary>Whose countdown was not begun anew in time is taken for dead.</summary>
    private void CancelWhatRanOut(long nowMs)
    {
        foreach (FuturesAccount account in _state.Accounts)
        {
            foreach (Market market in account.TakeRunOut(nowMs))
            {
                _ = _core.CancelAll(account.Account, market);
            }
        }
    }

    private void Write(JournalSetting setting) => _ = _core.Change(transaction =>
    {
        (transaction.Batch.Settings ??= []).Add(setting);
        return true;
    });

    private void Restore(JournalBatch batch)
    {
        foreach (JournalSetting setting in batch.Settings ?? [])
        {
            FuturesAccount account = AccountOf(setting.Account);
            account.IsHedged = setting.IsHedged ?? account.IsHedged;
            if (setting is { Symbol: { } symbol, Leverage: { } leverage }
                && _state.Shared.TryGetMarket(symbol, out Market? market))
            {
                account.SetLeverage(market, leverage);
            }

            if (setting is { Symbol: { } name, IsIsolated: { } isIsolated }
                && _state.Shared.TryGetMarket(name, out Market? isolated))
            {
                account.SetIsolated(isolated, isIsolated);
            }
        }

        foreach (AlgoOrder order in batch.AlgoOrders ?? [])
        {
            Algos.Restore(order);
        }

        foreach (JournalIncome income in batch.Incomes ?? [])
        {
            FuturesIncome.Apply(AccountOf(income.Account), income, batch.TimeMs);
        }
    }

    private FuturesAccount AccountOf(string name) =>
        _state.Shared.TryGetAccount(name, out Account? account)
            ? _state.Of(account)
            : throw new StartException(
                $"--accounts: account \"{name}\" has a history in --data but is not in the file",
                StartException.WrongUsage);
}
