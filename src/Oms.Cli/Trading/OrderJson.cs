using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Oms.Cli.Trading;

/// <summary>An order as scripts read it. Null is "there is none".</summary>
internal sealed record OrderJson
{
    public required string Account { get; init; }

    public required string? Market { get; init; }

    public required string Symbol { get; init; }

    public required string Side { get; init; }

    public required string Type { get; init; }

    public required string TimeInForce { get; init; }

    public required string Status { get; init; }

    public required string ClientOrderId { get; init; }

    public required string? OrderId { get; init; }

    public required string? ExchangeOrderId { get; init; }

    public required string Quantity { get; init; }

    public required string FilledQuantity { get; init; }

    public required string? Price { get; init; }

    public required string? AveragePrice { get; init; }

    public required string? RejectReason { get; init; }

    public required StagesJson? StagesUs { get; init; }

    public required string? CreatedTime { get; init; }

    public required string? UpdatedTime { get; init; }

    /// <summary>Only where an order's whole life was waited for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<FillJson>? Fills { get; init; }

    public static OrderJson Of(V1.Order order) => new()
    {
        Account = order.Account,
        Market = order.Market == V1.Market.Unspecified ? null : Wording.Of(order.Market),
        Symbol = order.Symbol,
        Side = Wording.Of(order.Side),
        Type = Wording.Of(order.Type),
        TimeInForce = Wording.Of(order.TimeInForce),
        Status = Wording.Of(order.Status),
        ClientOrderId = order.ClientOrderId,
        OrderId = Wording.NullIfEmpty(order.OrderId),
        ExchangeOrderId = Wording.NullIfEmpty(order.ExchangeOrderId),
        Quantity = order.Quantity,
        FilledQuantity = order.FilledQuantity,
        Price = Wording.NullIfEmpty(order.Price),
        AveragePrice = Wording.NullIfEmpty(order.AveragePrice),
        RejectReason = Wording.NullIfEmpty(order.RejectReason),
        StagesUs = StagesJson.Of(order.Stages),
        CreatedTime = Wording.Of(order.CreatedTime),
        UpdatedTime = Wording.Of(order.UpdatedTime),
    };
}
