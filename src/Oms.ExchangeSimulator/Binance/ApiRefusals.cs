using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>The exchange's reasons in the wire's codes and words.</summary>
internal static class ApiRefusals
{
    public static ApiError ToError(RefusalReason reason, OrderCountLimits limits) => reason switch
    {
        RefusalReason.None => throw new ArgumentOutOfRangeException(nameof(reason)),
        RefusalReason.MarketClosed => Rejected("Market is closed."),
        RefusalReason.PriceFilter => Filter("PRICE_FILTER"),
        RefusalReason.PercentPriceBySide => Filter("PERCENT_PRICE_BY_SIDE"),
        RefusalReason.LotSize => Filter("LOT_SIZE"),
        RefusalReason.MarketLotSize => Filter("MARKET_LOT_SIZE"),
        RefusalReason.Notional => Filter("NOTIONAL"),
        RefusalReason.MaxNumOrders => Filter("MAX_NUM_ORDERS"),
        RefusalReason.TooManyOrdersPer10Seconds => TooManyOrders(limits.Per10Seconds, "10 SECOND"),
        RefusalReason.TooManyOrdersPerDay => TooManyOrders(limits.PerLongWindow, "1 DAY"),
        RefusalReason.DuplicateOrder => Rejected("Duplicate order sent."),
        RefusalReason.WouldTakeLiquidity => Rejected("Order would immediately match and take."),
        RefusalReason.NoLiquidity =>
            Rejected("Order book liquidity is less than `LOT_SIZE` filter minimum quantity."),
        RefusalReason.InsufficientBalance =>
            Rejected("Account has insufficient balance for requested action."),
        RefusalReason.UnknownOrder => ApiError.UnknownOrder,
        RefusalReason.CancelRestricted =>
            new ApiError(400, -2011, "Order was not canceled due to cancel restrictions."),
        RefusalReason.ClientOrderIdMismatch =>
            new ApiError(400, -2039, "Client order ID is not correct for this order ID."),
        RefusalReason.AmendUnknownOrder => AmendRejected("Unknown order sent."),
        RefusalReason.AmendChangesNothing =>
            AmendRejected("The requested action would change no state; rejecting"),
        RefusalReason.AmendIncreases => AmendRejected("Order amend (quantity increase) is not supported."),
        RefusalReason.AmendBelowExecuted =>
            AmendRejected("Order amend below the executed quantity is not supported."),
        RefusalReason.TooManyAmendments => AmendRejected("Filter failure: MAX_NUM_ORDER_AMENDS"),
        RefusalReason.TrailingDelta => Filter("TRAILING_DELTA"),
        RefusalReason.IcebergParts => Filter("ICEBERG_PARTS"),
        RefusalReason.IcebergExceedsQuantity => Rejected("IcebergQty exceeds QTY."),
        RefusalReason.MaxNumAlgoOrders => Filter("MAX_NUM_ALGO_ORDERS"),
        RefusalReason.MaxNumOrderLists => Filter("MAX_NUM_ORDER_LISTS"),
        RefusalReason.WouldTrigger => Rejected("Order would trigger immediately."),
        RefusalReason.ListPricesWrong => Rejected("The relationship of the prices for the orders is not correct."),
        RefusalReason.DuplicateTransfer => new ApiError(400, -4115, "Client tran id is duplicated"),
        RefusalReason.TransferNotAllowed => ApiError.BadValue("toAccountType"),
        RefusalReason.NothingToTransfer => new ApiError(400, -9000, "user have no avaliable amount"),
    };

    private static ApiError Filter(string name) => new(400, -1013, $"Filter failure: {name}");

    private static ApiError Rejected(string message) => new(400, -2010, message);

    private static ApiError AmendRejected(string message) => new(400, -2038, message);

    private static ApiError TooManyOrders(int limit, string interval) =>
        new(429, -1015, $"Too many new orders; current limit is {limit} orders per {interval}.");
}
