namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// Under which names an order's parameters stand: alone they are plain, in a list each order's have a prefix of their
/// own, and what all orders share has none or that of the group.
/// </summary>
internal sealed record OrderParameterNames(
    string Type,
    string Side,
    string Quantity,
    string Price,
    string TimeInForce,
    string StopPrice,
    string TrailingDelta,
    string IcebergQuantity,
    string ClientOrderId)
{
    public static readonly OrderParameterNames Plain = new(
        "type", "side", "quantity", "price", "timeInForce", "stopPrice", "trailingDelta", "icebergQty",
        "newClientOrderId");

    /// <summary>Of an order of a list.</summary>
    /// <param name="shared">The prefix of side and quantity; empty where the whole list shares them.</param>
    public static OrderParameterNames Of(string prefix, string shared) => new(
        prefix + "Type", Shared(shared, "side"), Shared(shared, "quantity"), prefix + "Price", prefix + "TimeInForce",
        prefix + "StopPrice", prefix + "TrailingDelta", prefix + "IcebergQty", prefix + "ClientOrderId");

    private static string Shared(string prefix, string name) =>
        prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];
}
