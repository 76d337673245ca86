namespace Oms.Cli.Trading;

/// <summary>A fill as scripts read it.</summary>
internal sealed record FillJson
{
    public required string Account { get; init; }

    public required string Market { get; init; }

    public required string Symbol { get; init; }

    public required string Side { get; init; }

    public required string OrderId { get; init; }

    public required string ClientOrderId { get; init; }

    public required string ExecutionId { get; init; }

    public required string TradeId { get; init; }

    public required string Price { get; init; }

    public required string Quantity { get; init; }

    public required string Fee { get; init; }

    public required string? FeeAsset { get; init; }

    public required bool IsMaker { get; init; }

    public required long Sequence { get; init; }

    public required string? Time { get; init; }

    public required string? ExchangeTime { get; init; }

    public static FillJson Of(V1.Fill fill) => new()
    {
        Account = fill.Account,
        Market = Wording.Of(fill.Market),
        Symbol = fill.Symbol,
        Side = Wording.Of(fill.Side),
        OrderId = fill.OrderId,
        ClientOrderId = fill.ClientOrderId,
        ExecutionId = fill.ExecutionId,
        TradeId = fill.TradeId,
        Price = fill.Price,
        Quantity = fill.Quantity,
        Fee = fill.Fee,
        FeeAsset = Wording.NullIfEmpty(fill.FeeAsset),
        IsMaker = fill.IsMaker,
        Sequence = fill.Sequence,
        Time = Wording.Of(fill.Time),
        ExchangeTime = Wording.Of(fill.ExchangeTime),
    };
}
