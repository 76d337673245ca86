using System.Text;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Turns what Binance says of a conditional order into a message. It is nobody's of ours: what waits for a price waits
/// in the engine. One that was triggered has ended; the order that came of it is another, and is told as such.
/// </summary>
internal static class AlgoOrderReader
{
    /// <summary>Null when the symbol is not listed here.</summary>
    /// <exception cref="FormatException">Not exact, or a status that is not known.</exception>
    public static OrderSeen? Read(FuturesAnswer.AlgoOrder order, ListingCatalog listings, AccountId account) =>
        listings.TryFindListing(Encoding.UTF8.GetBytes(order.Symbol), out InstrumentDefined listing)
            ? new OrderSeen
            {
                Header = MessageHeader.For<OrderSeen>(account),
                OrderId = OrderId.None,
                ExchangeOrderId = AlgoOrderId.Of(order.AlgoId),
                InstrumentId = listing.InstrumentId,
                Status = StatusOf(order.AlgoStatus),
                Source = EvidenceSource.Query,
                CumulativeQuantity = 0,
                ExchangeUnixNanos = EvidenceReader.UnixNanosOf(Math.Max(order.CreateTime, order.UpdateTime)),
                Stamps = default,
                Terms = OrderTermsReader.Read(
                    Encoding.UTF8.GetBytes(order.Side), WorkingType(Encoding.UTF8.GetBytes(order.OrderType)),
                    Encoding.UTF8.GetBytes(order.TimeInForce ?? ""), Encoding.UTF8.GetBytes(order.Price ?? ""),
                    Encoding.UTF8.GetBytes(order.Quantity ?? ""), in listing,
                    Encoding.UTF8.GetBytes(order.PositionSide ?? ""), order.ReduceOnly),
            }
            : null;

    /// <summary>
    /// What it becomes: TAKE_PROFIT is a limit here, while on Spot it is an order at the market.
    /// </summary>
    public static ReadOnlySpan<byte> WorkingType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("STOP"u8) || type.SequenceEqual("TAKE_PROFIT"u8) ? "LIMIT"u8 : "MARKET"u8;

    public static ExchangeOrderStatus StatusOf(string status) => status switch
    {
        "NEW" => ExchangeOrderStatus.New,
        "TRIGGERING" or "TRIGGERED" or "FINISHED" or "EXPIRED" => ExchangeOrderStatus.Expired,
        "CANCELED" => ExchangeOrderStatus.Canceled,
        "REJECTED" => ExchangeOrderStatus.Rejected,
        _ => throw new FormatException($"status '{status}' of a conditional order is not known"),
    };
}
