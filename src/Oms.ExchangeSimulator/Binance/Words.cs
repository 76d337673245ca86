using System.Collections.Frozen;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>The wire's words for the exchange's values, in both directions.</summary>
internal static class Words
{
    public static readonly FrozenDictionary<string, OrderSide> Sides =
        Table(Enum.GetValues<OrderSide>(), Of);

    public static readonly FrozenDictionary<string, OrderType> Types =
        Table(Enum.GetValues<OrderType>(), Of);

    public static readonly FrozenDictionary<string, TimeInForce> TimesInForce =
        Table(Enum.GetValues<TimeInForce>(), Of);

    public static readonly FrozenDictionary<string, SelfTradePrevention> SelfTradePreventions =
        Table(
            [
                SelfTradePrevention.ExpireTaker, SelfTradePrevention.ExpireMaker, SelfTradePrevention.ExpireBoth,
                SelfTradePrevention.Decrement,
            ],
            Of);

    public static readonly FrozenDictionary<string, WalletKind> Wallets =
        Table(Enum.GetValues<WalletKind>(), Of);

    public static readonly FrozenDictionary<string, ResponseType> ResponseTypes =
        Table(Enum.GetValues<ResponseType>(), value => value.ToString().ToUpperInvariant());

    public static readonly FrozenDictionary<string, CancelRestriction> CancelRestrictions = Table(
        [CancelRestriction.OnlyNew, CancelRestriction.OnlyPartiallyFilled],
        value => value == CancelRestriction.OnlyNew ? "ONLY_NEW" : "ONLY_PARTIALLY_FILLED");

    public static string Of(OrderSide side) => side switch
    {
        OrderSide.Buy => "BUY",
        OrderSide.Sell => "SELL",
    };

    public static string Of(OrderType type) => type switch
    {
        OrderType.Limit => "LIMIT",
        OrderType.LimitMaker => "LIMIT_MAKER",
        OrderType.Market => "MARKET",
        OrderType.StopLoss => "STOP_LOSS",
        OrderType.StopLossLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => "TAKE_PROFIT",
        OrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
    };

    public static string Of(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTillCanceled => "GTC",
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
    };

    public static string Of(SelfTradePrevention mode) => mode switch
    {
        SelfTradePrevention.ExpireTaker => "EXPIRE_TAKER",
        SelfTradePrevention.ExpireMaker => "EXPIRE_MAKER",
        SelfTradePrevention.ExpireBoth => "EXPIRE_BOTH",
        SelfTradePrevention.None => "NONE",
        SelfTradePrevention.Decrement => "DECREMENT",
    };

    public static string Of(OrderState state) => state switch
    {
        OrderState.New => "NEW",
        OrderState.PartiallyFilled => "PARTIALLY_FILLED",
        OrderState.Filled => "FILLED",
        OrderState.Canceled => "CANCELED",
        OrderState.Expired => "EXPIRED",
        OrderState.ExpiredInMatch => "EXPIRED_IN_MATCH",
        OrderState.PendingNew => "PENDING_NEW",
    };

    public static string Of(ExecutionType type) => type switch
    {
        ExecutionType.New => "NEW",
        ExecutionType.Trade => "TRADE",
        ExecutionType.Canceled => "CANCELED",
        ExecutionType.Expired => "EXPIRED",
        ExecutionType.TradePrevention => "TRADE_PREVENTION",
        ExecutionType.Amendment => "AMENDMENT",
        ExecutionType.Replaced => "REPLACED",
    };

    /// <summary>Null where the wire leaves the reason out.</summary>
    public static string? Of(ExpiryReason reason) => reason switch
    {
        ExpiryReason.None => null,
        ExpiryReason.UnfilledImmediateOrCancel => "UNFILLED_IOC_QUANTITY_EXPIRED",
        ExpiryReason.UnfilledFillOrKill => "UNFILLED_FOK_ORDER_EXPIRED",
        ExpiryReason.InsufficientLiquidity => "INSUFFICIENT_LIQUIDITY",
        ExpiryReason.Delisted => "EXCHANGE_CANCELED",
        ExpiryReason.SiblingTraded => "OCO_TRIGGER",
        ExpiryReason.WorkingOrderEnded => "OTO_PHASE_ONE_EXPIRED",
        ExpiryReason.RejectedUnpaid or ExpiryReason.RejectedWouldTake
            or ExpiryReason.RejectedWouldTrigger => "REJECTED",
        ExpiryReason.NothingToReduce or ExpiryReason.AccountLiquidated or ExpiryReason.GoodTillDatePast => null,
    };

    /// <summary>What the engine had against an order whose time had come; of any other, nothing.</summary>
    public static string RejectionOf(ExpiryReason reason) => reason switch
    {
        ExpiryReason.RejectedUnpaid => "INSUFFICIENT_BALANCES",
        ExpiryReason.RejectedWouldTake => "WOULD_MATCH_IMMEDIATELY",
        ExpiryReason.RejectedWouldTrigger => "STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY",
        _ => "NONE",
    };

    public static string Of(ContingencyType contingency) => contingency switch
    {
        ContingencyType.Oco => "OCO",
        ContingencyType.Oto => "OTO",
    };

    public static string Of(ListStatus status) => status switch
    {
        ListStatus.Started => "EXEC_STARTED",
        ListStatus.Updated => "UPDATED",
        ListStatus.Done => "ALL_DONE",
    };

    public static string Of(WalletKind wallet) => wallet switch
    {
        WalletKind.Spot => "SPOT",
        WalletKind.UsdtFutures => "USDT_FUTURE",
    };

    private static FrozenDictionary<string, T> Table<T>(IEnumerable<T> values, Func<T, string> word) =>
        values.ToFrozenDictionary(word, StringComparer.Ordinal);
}
