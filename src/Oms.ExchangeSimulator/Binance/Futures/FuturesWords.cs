using System.Collections.Frozen;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>The words that only futures have, in both directions.</summary>
internal static class FuturesWords
{
    public const string PostOnly = "GTX";
    public const string GoodTillDate = "GTD";

    public static readonly FrozenDictionary<string, PositionSide> PositionSides =
        Enum.GetValues<PositionSide>().ToFrozenDictionary(Of, StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, OrderType> Types = new Dictionary<string, OrderType>
    {
        ["LIMIT"] = OrderType.Limit, ["MARKET"] = OrderType.Market,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// What a post-only and a dated order become inside: the former's type says it, the latter's date.
    /// </summary>
    public static readonly FrozenDictionary<string, TimeInForce> TimesInForce = new Dictionary<string, TimeInForce>
    {
        ["GTC"] = TimeInForce.GoodTillCanceled,
        ["IOC"] = TimeInForce.ImmediateOrCancel,
        ["FOK"] = TimeInForce.FillOrKill,
        [PostOnly] = TimeInForce.GoodTillCanceled,
        [GoodTillDate] = TimeInForce.GoodTillCanceled,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, SelfTradePrevention> SelfTradePreventions =
        Enum.GetValues<SelfTradePrevention>().ToFrozenDictionary(Words.Of, StringComparer.Ordinal);

    public static string Of(PositionSide side) => side switch
    {
        PositionSide.Both => "BOTH",
        PositionSide.Long => "LONG",
        PositionSide.Short => "SHORT",
    };

    public static string TypeOf(ClientOrder order) => order.Type == OrderType.Market ? "MARKET" : "LIMIT";

    public static string TimeInForceOf(ClientOrder order) => order switch
    {
        { Type: OrderType.LimitMaker } => PostOnly,
        { Futures.GoodTillMs: > 0 } => GoodTillDate,
        _ => Words.Of(order.TimeInForce),
    };

    public static string Of(IncomeType type) => type switch
    {
        IncomeType.FundingFee => "FUNDING_FEE",
        IncomeType.InsuranceClear => "INSURANCE_CLEAR",
        IncomeType.RealizedPnl => "REALIZED_PNL",
        IncomeType.Commission => "COMMISSION",
    };

    public static string Of(AccountChangeReason reason) => reason switch
    {
        AccountChangeReason.Order => "ORDER",
        AccountChangeReason.FundingFee => "FUNDING_FEE",
        AccountChangeReason.InsuranceClear => "INSURANCE_CLEAR",
        AccountChangeReason.AssetTransfer => "ASSET_TRANSFER",
    };

    /// <summary>What happened, as a stream of futures says it.</summary>
    public static string ExecutionOf(ExecutionReport report) => report.Type switch
    {
        ExecutionType.TradePrevention => "EXPIRED",
        ExecutionType.Trade when report.Order.Futures is { Origin: not FuturesOrderOrigin.Client } => "CALCULATED",
        _ => Words.Of(report.Type),
    };

    /// <summary>Why an order ended that was not canceled and not filled.</summary>
    public static int ExpiryOf(ClientOrder order) =>
        order.State == OrderState.ExpiredInMatch ? 1 : ExpiryOf(order.ExpiryReason);

    private static int ExpiryOf(ExpiryReason reason) => reason switch
    {
        ExpiryReason.None or ExpiryReason.SiblingTraded or ExpiryReason.WorkingOrderEnded
            or ExpiryReason.RejectedUnpaid or ExpiryReason.RejectedWouldTake
            or ExpiryReason.RejectedWouldTrigger => 0,
        ExpiryReason.UnfilledImmediateOrCancel or ExpiryReason.UnfilledFillOrKill => 2,
        ExpiryReason.NothingToReduce => 4,
        ExpiryReason.AccountLiquidated => 5,
        ExpiryReason.GoodTillDatePast => 6,
        ExpiryReason.Delisted => 7,
        ExpiryReason.InsufficientLiquidity => 9,
    };
}
