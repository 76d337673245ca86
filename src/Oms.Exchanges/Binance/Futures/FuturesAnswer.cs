using System.Text.Json.Serialization;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// The answers of the REST API of USDⓈ-M Futures that Spot has not, as far as they are read (2026-07). Members that
/// are not named here are skipped: Binance adds such at any time.
/// </summary>
internal static class FuturesAnswer
{
    internal sealed record Trade
    {
        public required long Id { get; init; }

        public required long OrderId { get; init; }

        public required string Price { get; init; }

        public required string Qty { get; init; }

        public required string Commission { get; init; }

        public required string CommissionAsset { get; init; }

        public required long Time { get; init; }

        [JsonPropertyName("maker")]
        public required bool IsMaker { get; init; }

        [JsonPropertyName("buyer")]
        public bool IsBuyer { get; init; }
    }

    /// <summary>A wallet in <c>ACCOUNT_UPDATE</c>.</summary>
    internal sealed record WalletChange
    {
        [JsonPropertyName("a")]
        public required string Asset { get; init; }

        /// <summary>What came or left beside profit, loss and commission.</summary>
        [JsonPropertyName("bc")]
        public required string Change { get; init; }
    }

    internal sealed record Balance
    {
        /// <summary>The exchange's short name of the account.</summary>
        public string? AccountAlias { get; init; }

        public required string Asset { get; init; }

        /// <summary>The wallet: what is realised, without what is not.</summary>
        [JsonPropertyName("balance")]
        public required string Wallet { get; init; }
    }

    internal sealed record Position
    {
        public required string Symbol { get; init; }

        public required string PositionSide { get; init; }

        public required string PositionAmt { get; init; }

        public required string EntryPrice { get; init; }
    }

    internal sealed record SymbolSettings
    {
        public required string Symbol { get; init; }

        public required int Leverage { get; init; }

        /// <summary>CROSSED or ISOLATED.</summary>
        public string? MarginType { get; init; }
    }

    internal sealed record PositionMode
    {
        public required bool DualSidePosition { get; init; }
    }

    internal sealed record Income
    {
        public required string Symbol { get; init; }

        [JsonPropertyName("income")]
        public required string Amount { get; init; }

        public required string Asset { get; init; }

        public required long Time { get; init; }
    }

    internal sealed record ListenKey
    {
        [JsonPropertyName("listenKey")]
        public required string Key { get; init; }
    }

    internal sealed record AlgoOrder
    {
        public required long AlgoId { get; init; }

        public required string ClientAlgoId { get; init; }

        public required string OrderType { get; init; }

        public required string Symbol { get; init; }

        public required string Side { get; init; }

        public string? PositionSide { get; init; }

        public string? TimeInForce { get; init; }

        public string? Quantity { get; init; }

        public required string AlgoStatus { get; init; }

        public string? Price { get; init; }

        public bool ReduceOnly { get; init; }

        public long CreateTime { get; init; }

        public long UpdateTime { get; init; }
    }
}
