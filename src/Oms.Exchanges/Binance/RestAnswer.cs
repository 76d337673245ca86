using System.Text.Json.Serialization;

namespace Oms.Exchanges.Binance;

/// <summary>
/// The answers of Binance's REST API, as far as they are read (rest-api.md, 2026-07). Members that are not
/// named here are skipped: Binance adds such at any time.
/// </summary>
internal static class RestAnswer
{
    internal sealed record Error
    {
        public int Code { get; init; }

        public string? Msg { get; init; }
    }

    internal sealed record ServerTime
    {
        [JsonPropertyName("serverTime")]
        public required long UnixMs { get; init; }
    }

    /// <summary>Of a new order, a cancel, a query: each has a part of it.</summary>
    internal sealed record Order
    {
        public required string Symbol { get; init; }

        public required long OrderId { get; init; }

        public required string ClientOrderId { get; init; }

        /// <summary>Of a cancel: the order's id, while the other is the cancel's.</summary>
        public string? OrigClientOrderId { get; init; }

        public required string ExecutedQty { get; init; }

        public required string Status { get; init; }

        public string? Side { get; init; }

        public string? Type { get; init; }

        public string? TimeInForce { get; init; }

        public string? Price { get; init; }

        public string? OrigQty { get; init; }

        public string? StopPrice { get; init; }

        /// <summary>Of futures, as is the next.</summary>
        public string? PositionSide { get; init; }

        public bool ReduceOnly { get; init; }

        public long TransactTime { get; init; }

        public long Time { get; init; }

        public long UpdateTime { get; init; }

        public Fill[]? Fills { get; init; }
    }

    /// <summary>Of a list of orders that was placed.</summary>
    internal sealed record OrderList
    {
        public required Order[] OrderReports { get; init; }
    }

    /// <summary>Of an order that was made smaller in place.</summary>
    internal sealed record Amended
    {
        public required long TransactTime { get; init; }

        public required AmendedOrder AmendedOrder { get; init; }
    }

    internal sealed record AmendedOrder
    {
        public required string Symbol { get; init; }

        public required long OrderId { get; init; }

        public required string ClientOrderId { get; init; }

        public required string Price { get; init; }

        public required string Qty { get; init; }

        public required string ExecutedQty { get; init; }

        public required string Status { get; init; }

        public required string TimeInForce { get; init; }

        public required string Type { get; init; }

        public required string Side { get; init; }

        /// <summary>In the words of every other answer.</summary>
        public Order At(long transactTime) => new()
        {
            Symbol = Symbol,
            OrderId = OrderId,
            ClientOrderId = ClientOrderId,
            Price = Price,
            OrigQty = Qty,
            ExecutedQty = ExecutedQty,
            Status = Status,
            TimeInForce = TimeInForce,
            Type = Type,
            Side = Side,
            TransactTime = transactTime,
        };
    }

    internal sealed record Fill
    {
        public required string Price { get; init; }

        public required string Qty { get; init; }

        public required string Commission { get; init; }

        public required string CommissionAsset { get; init; }

        public required long TradeId { get; init; }
    }

    internal sealed record Trade
    {
        public required long Id { get; init; }

        public required long OrderId { get; init; }

        public required string Price { get; init; }

        public required string Qty { get; init; }

        public required string Commission { get; init; }

        public required string CommissionAsset { get; init; }

        public required long Time { get; init; }

        public required bool IsMaker { get; init; }

        public bool IsBuyer { get; init; }
    }

    internal sealed record Account
    {
        /// <summary>The exchange's number of the account.</summary>
        public long Uid { get; init; }

        public required Balance[] Balances { get; init; }
    }

    internal sealed record Balance
    {
        public required string Asset { get; init; }

        public required string Free { get; init; }

        public required string Locked { get; init; }
    }

    /// <summary>Of a key; null is what is not said.</summary>
    internal sealed record KeyRestrictions
    {
        public bool? IpRestrict { get; init; }

        public bool? EnableWithdrawals { get; init; }

        public bool? EnableSpotAndMarginTrading { get; init; }

        public bool? EnableFutures { get; init; }
    }

    internal sealed record Transfer
    {
        public required long TranId { get; init; }

        public string? ClientTranId { get; init; }
    }

    internal sealed record TransferHistory
    {
        public required PastTransfer[] Result { get; init; }
    }

    internal sealed record PastTransfer
    {
        public required long TranId { get; init; }

        public required string Status { get; init; }

        public string? ClientTranId { get; init; }
    }

    internal sealed record SubAccounts
    {
        [JsonPropertyName("subAccounts")]
        public required SubAccount[] List { get; init; }
    }

    internal sealed record SubAccount
    {
        public required long SubUserId { get; init; }

        public required string Email { get; init; }
    }

    internal sealed record ExchangeRules
    {
        public RateLimit[]? RateLimits { get; init; }

        public required Symbol[] Symbols { get; init; }
    }

    internal sealed record RateLimit
    {
        public string? RateLimitType { get; init; }

        public string? Interval { get; init; }

        public int IntervalNum { get; init; }

        public long Limit { get; init; }
    }

    internal sealed record Symbol
    {
        [JsonPropertyName("symbol")]
        public required string Name { get; init; }

        public required string Status { get; init; }

        /// <summary>Futures do not say.</summary>
        public bool? IsSpotTradingAllowed { get; init; }

        /// <summary>Likewise.</summary>
        public bool? AmendAllowed { get; init; }

        public required Filter[] Filters { get; init; }
    }

    internal sealed record Filter
    {
        public required string FilterType { get; init; }

        public string? MinPrice { get; init; }

        public string? MaxPrice { get; init; }

        public string? TickSize { get; init; }

        public string? MinQty { get; init; }

        public string? MaxQty { get; init; }

        public string? StepSize { get; init; }

        public string? MinNotional { get; init; }

        /// <summary>Of MIN_NOTIONAL of futures.</summary>
        public string? Notional { get; init; }
    }
}
