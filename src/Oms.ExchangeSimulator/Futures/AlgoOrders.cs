using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// The conditional orders: each is watched after every change, and becomes an ordinary order when its price has come.
/// Margin is looked at then, not before.
/// </summary>
internal sealed class AlgoOrders(
    ExchangeCore core, FuturesState state, FuturesExchange exchange, IFuturesListener listener)
{
    /// <summary>Open ones of an account, over all symbols.</summary>
    public const int OpenMax = 200;

    private readonly SortedDictionary<long, AlgoOrder> _orders = [];
    private bool _isWatching;

    public IEnumerable<AlgoOrder> Of(Account account) =>
        _orders.Values.Where(order => order.Account == account.Name);

    public AlgoOrder? Find(Account account, long? algoId, string? clientAlgoId) => Of(account).LastOrDefault(order =>
        algoId is { } id ? order.AlgoId == id : order.ClientAlgoId == clientAlgoId);

    public AlgoResult Place(AlgoOrder order) => core.Read(_ =>
    {
        if (Check(order) is var refusal and not FuturesRefusal.None)
        {
            return new AlgoResult(refusal, null);
        }

        AlgoOrder accepted = order with { AlgoId = state.Shared.NextExecutionId() };
        _orders.Add(accepted.AlgoId, accepted);
        Change(accepted, AlgoState.New);
        Watch();
        return new AlgoResult(FuturesRefusal.None, accepted);
    });

    /// <summary>Cancels all in a market, whosesoever they are.</summary>
    public void CancelAll(Market market)
    {
        foreach (AlgoOrder order in _orders.Values.Where(order => order.Symbol == market.Symbol.Name).ToList())
        {
            _ = Cancel(order);
        }
    }

    public bool Cancel(AlgoOrder order) => core.Read(_ =>
    {
        if (order.IsOpen)
        {
            Change(order, AlgoState.Canceled);
        }

        return order.State == AlgoState.Canceled;
    });

    /// <summary>Takes what an earlier run wrote: of an order the last is as it is.</summary>
    public void Restore(AlgoOrder order) => _orders[order.AlgoId] = order;

    /// <summary>
    /// Fires what has seen its price, and ends what has seen its order end. It is not called by itself.
    /// </summary>
    public void Watch()
    {
        if (_isWatching)
        {
            return;
        }

        _isWatching = true;
        foreach (AlgoOrder order in _orders.Values.Where(each => each.State <= AlgoState.Triggered).ToList())
        {
            if (order.IsOpen && IsFired(order))
            {
                Fire(order);
            }
            else if (order.State == AlgoState.Triggered
                && state.Shared.FindOrder(order.ActualOrderId) is { IsOpen: false })
            {
                Change(order, AlgoState.Finished);
            }
        }

        _isWatching = false;
    }

    private static bool IsStop(AlgoType type) => type is AlgoType.Stop or AlgoType.StopMarket;

    private FuturesMarket MarketOf(AlgoOrder order) =>
        state.Shared.TryGetMarket(order.Symbol, out Market? market)
            ? state.Of(market)
            : throw new InvalidOperationException($"{order.Symbol} has no market");

    private FuturesAccount AccountOf(AlgoOrder order) =>
        state.Shared.TryGetAccount(order.Account, out Account? account)
            ? state.Of(account)
            : throw new InvalidOperationException($"{order.Account} has no account");

    private FuturesRefusal Check(AlgoOrder order)
    {
        FuturesAccount account = AccountOf(order);
        if (account.IsHedged == (order.PositionSide == PositionSide.Both))
        {
            return FuturesRefusal.PositionSideOfOtherMode;
        }

        if (Of(account.Account).Count(each => each.IsOpen) >= OpenMax)
        {
            return FuturesRefusal.TooManyAlgoOrders;
        }

        if (Of(account.Account).Any(each => each.IsOpen && each.ClientAlgoId == order.ClientAlgoId))
        {
            return FuturesRefusal.DuplicateOrder;
        }

        return order.Type != AlgoType.TrailingStopMarket && IsFired(order)
            ? FuturesRefusal.WouldTriggerAtOnce
            : FuturesRefusal.None;
    }

    private long PriceOf(AlgoOrder order)
    {
        FuturesMarket market = MarketOf(order);
        return order.IsAtMark || market.Market.LastPrice == 0 ? market.MarkPrice : market.Market.LastPrice;
    }

    private bool IsFired(AlgoOrder order)
    {
        long price = PriceOf(order);
        if (price == 0)
        {
            return false;
        }

        if (order.Type == AlgoType.TrailingStopMarket)
        {
            return IsTrailingFired(order, price);
        }

        bool waitsForRise = IsStop(order.Type) == (order.Side == OrderSide.Buy);
        return waitsForRise ? price >= order.TriggerPrice : price <= order.TriggerPrice;
    }

    /// <summary>
    /// A sale follows the highest price since it was activated and fires when it has fallen back by the rate; a buy the
    /// other way round.
    /// </summary>
    private static bool IsTrailingFired(AlgoOrder order, long price)
    {
        bool isSale = order.Side == OrderSide.Sell;
        bool isActivated = order.BestPrice > 0 || order.ActivatePrice == 0
            || (isSale ? price >= order.ActivatePrice : price <= order.ActivatePrice);
        if (!isActivated)
        {
            return false;
        }

        long best = order.BestPrice == 0 ? price : order.BestPrice;
        order.BestPrice = isSale ? Math.Max(best, price) : Math.Min(best, price);
        Int128 distance = (Int128)order.BestPrice * order.CallbackRate / (100 * Amount.One);
        return isSale ? price <= order.BestPrice - distance : price >= order.BestPrice + distance;
    }

    private void Fire(AlgoOrder order)
    {
        FuturesMarket market = MarketOf(order);
        FuturesAccount account = AccountOf(order);
        order.TriggeredMs = core.NowMs();
        Change(order, AlgoState.Triggering);
        long quantity = order.ClosesPosition
            ? Math.Abs(account.PositionOf(market.Market, order.PositionSide).Quantity)
            : order.Quantity;
        if (quantity == 0)
        {
            Change(order, AlgoState.Expired);
            return;
        }

        bool isLimit = order.Type is AlgoType.Stop or AlgoType.TakeProfit;
        bool isReduceOnly = order.PositionSide == PositionSide.Both && (order.IsReduceOnly || order.ClosesPosition);
        FuturesResult result = exchange.Place(new NewOrder(
            account.Account, market.Market, order.ClientAlgoId, order.Side,
            isLimit ? OrderType.Limit : OrderType.Market, order.TimeInForce, isLimit ? order.Price : 0, quantity, 0,
            SelfTradePrevention.ExpireMaker)
        {
            Futures = new FuturesTerms(order.PositionSide, isReduceOnly, 0, FuturesOrderOrigin.Client),
        });
        order.ActualOrderId = result.Order?.OrderId ?? 0;
        Change(order, result.Order is null ? AlgoState.Rejected : AlgoState.Triggered);
        if (result.Order is { IsOpen: false })
        {
            Change(order, AlgoState.Finished);
        }
    }

    private void Change(AlgoOrder order, AlgoState next)
    {
        order.State = next;
        order.UpdatedMs = core.NowMs();
        _ = core.Change(transaction =>
        {
            (transaction.Batch.AlgoOrders ??= []).Add(order with { });
            return true;
        });
        listener.OnAlgo(AccountOf(order), order, state.Shared.FindOrder(order.ActualOrderId), order.UpdatedMs);
    }
}
