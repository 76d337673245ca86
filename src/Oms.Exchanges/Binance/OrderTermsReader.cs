using System.Text;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Turns Binance's words for an order (enums.md, 2026-07) into terms. What is not stated stays zero, and so
/// does an order of a kind that is not known: it is somebody else's.
/// </summary>
internal static class OrderTermsReader
{
    /// <exception cref="FormatException">A number that cannot be told exactly.</exception>
    public static OrderTerms Read(
        ReadOnlySpan<byte> side,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> timeInForce,
        ReadOnlySpan<byte> price,
        ReadOnlySpan<byte> quantity,
        in InstrumentDefined listing,
        ReadOnlySpan<byte> positionSide = default,
        bool isReduceOnly = false)
    {
        OrderType kind = TypeOf(type);
        if (side.IsEmpty || kind == 0 || quantity.IsEmpty)
        {
            return default;
        }

        return new OrderTerms
        {
            Side = SideOf(side),
            Type = kind,
            TimeInForce = TimeInForceOf(timeInForce),
            PositionSide = PositionSideOf(positionSide),
            Flags = (IsPostOnly(type, timeInForce) ? OrderFlags.PostOnly : OrderFlags.None)
                | (isReduceOnly ? OrderFlags.ReduceOnly : OrderFlags.None),
            Price = kind == OrderType.Market || price.IsEmpty
                ? 0
                : EvidenceReader.Exact(price, listing.PriceDecimals, "price"),
            Quantity = EvidenceReader.Exact(quantity, listing.QuantityDecimals, "origQty"),
        };
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte},
    /// ReadOnlySpan{byte}, ReadOnlySpan{byte}, in InstrumentDefined, ReadOnlySpan{byte}, bool)"/>
    public static OrderTerms Read(RestAnswer.Order order, in InstrumentDefined listing) => Read(
        Bytes(order.Side),
        Bytes(order.Type),
        Bytes(order.TimeInForce),
        Bytes(order.Price),
        Bytes(order.OrigQty),
        in listing,
        Bytes(order.PositionSide),
        order.ReduceOnly);

    public static Side SideOf(ReadOnlySpan<byte> side) =>
        side.SequenceEqual("BUY"u8) ? Side.Buy : (side.SequenceEqual("SELL"u8) ? Side.Sell : 0);

    public static PositionSide PositionSideOf(ReadOnlySpan<byte> side) => side switch
    {
        _ when side.SequenceEqual("LONG"u8) => PositionSide.Long,
        _ when side.SequenceEqual("SHORT"u8) => PositionSide.Short,
        _ => PositionSide.Both,
    };

    private static bool IsPostOnly(ReadOnlySpan<byte> type, ReadOnlySpan<byte> timeInForce) =>
        type.SequenceEqual("LIMIT_MAKER"u8) || timeInForce.SequenceEqual("GTX"u8);

    /// <summary>As the order works at the exchange: what it waits for there is the exchange's affair.</summary>
    private static OrderType TypeOf(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("LIMIT"u8) => OrderType.Limit,
        _ when type.SequenceEqual("LIMIT_MAKER"u8) => OrderType.Limit,
        _ when type.SequenceEqual("STOP_LOSS_LIMIT"u8) => OrderType.Limit,
        _ when type.SequenceEqual("TAKE_PROFIT_LIMIT"u8) => OrderType.Limit,
        _ when type.SequenceEqual("LIQUIDATION"u8) => OrderType.Limit,
        _ when type.SequenceEqual("MARKET"u8) => OrderType.Market,
        _ when type.SequenceEqual("STOP_MARKET"u8) => OrderType.Market,
        _ when type.SequenceEqual("TAKE_PROFIT_MARKET"u8) => OrderType.Market,
        _ when type.SequenceEqual("TRAILING_STOP_MARKET"u8) => OrderType.Market,
        _ when type.SequenceEqual("STOP_LOSS"u8) => OrderType.Market,
        _ when type.SequenceEqual("TAKE_PROFIT"u8) => OrderType.Market,
        _ => 0,
    };

    private static TimeInForce TimeInForceOf(ReadOnlySpan<byte> timeInForce) => timeInForce switch
    {
        _ when timeInForce.SequenceEqual("IOC"u8) => TimeInForce.ImmediateOrCancel,
        _ when timeInForce.SequenceEqual("FOK"u8) => TimeInForce.FillOrKill,
        _ => TimeInForce.GoodTillCancel,
    };

    private static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? "");
}
