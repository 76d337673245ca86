using System.Text;
using Microsoft.Extensions.Logging;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// What an executionReport says of an order: its trade, if it is one, and its state after it. An order that
/// is not ours has no id of ours.
/// </summary>
internal readonly record struct StreamReport(TradeSeen? Trade, OrderSeen Order)
{
    /// <summary>Null when the symbol is not listed here.</summary>
    /// <exception cref="FormatException">Not exact, or a status that is not known.</exception>
    public static StreamReport? Read(
        in UserDataFrame frame, ListingCatalog listings, AccountCredentials account, ILogger logger)
    {
        EvidenceReader reader = new(listings, account, logger);
        // A cancel bears its own client order id in c, and the order's in C.
        ReadOnlySpan<byte> clientOrderId =
            frame.OriginalClientOrderId.IsEmpty ? frame.ClientOrderId : frame.OriginalClientOrderId;
        string clientOrderIdText = Encoding.UTF8.GetString(clientOrderId);
        bool isListed = listings.TryFindListing(frame.Symbol, out InstrumentDefined listing);
        if (!WireOrderId.TryParse(clientOrderIdText, out OrderId id) || !isListed)
        {
            reader.NoteForeign(clientOrderIdText, Encoding.UTF8.GetString(frame.Symbol));
        }

        if (!isListed)
        {
            return null;
        }

        var order = new OrderSeen
        {
            Header = MessageHeader.For<OrderSeen>(account.Id),
            OrderId = id,
            ExchangeOrderId = frame.OrderId,
            InstrumentId = listing.InstrumentId,
            Status = EvidenceReader.Status(frame.OrderStatus),
            Source = EvidenceSource.Stream,
            CumulativeQuantity =
                EvidenceReader.Exact(frame.CumulativeQuantity, listing.QuantityDecimals, "z"),
            ExchangeUnixNanos = EvidenceReader.UnixNanosOf(frame.TransactionUnixMs),
            Stamps = default,
            Terms = OrderTermsReader.Read(
                frame.Side, frame.OrderType, frame.TimeInForce, frame.OrderPrice, frame.OrderQuantity, in listing),
        };
        bool isTrade = frame.ExecutionType.SequenceEqual("TRADE"u8);
        return new(isTrade ? ReadTrade(frame, listing, order, reader) : null, order);
    }

    private static TradeSeen ReadTrade(
        in UserDataFrame frame, in InstrumentDefined listing, in OrderSeen order, EvidenceReader reader)
    {
        (AssetId feeAsset, long fee) = reader.Fee(frame.FeeAsset, frame.Fee);
        return new()
        {
            Header = MessageHeader.For<TradeSeen>(order.Header.AccountId),
            OrderId = order.OrderId,
            ExchangeOrderId = frame.OrderId,
            InstrumentId = listing.InstrumentId,
            Source = EvidenceSource.Stream,
            IsMaker = frame.IsMaker ? (byte)1 : (byte)0,
            Side = OrderTermsReader.SideOf(frame.Side),
            PositionSide = PositionSide.Both,
            TradeId = frame.TradeId,
            ExecutionId = frame.ExecutionId,
            Price = EvidenceReader.Exact(frame.LastPrice, listing.PriceDecimals, "L"),
            Quantity = EvidenceReader.Exact(frame.LastQuantity, listing.QuantityDecimals, "l"),
            Fee = fee,
            FeeAssetId = feeAsset,
            ExchangeUnixNanos = order.ExchangeUnixNanos,
        };
    }
}
