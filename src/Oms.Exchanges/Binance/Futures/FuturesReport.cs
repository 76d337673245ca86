using System.Text;
using Microsoft.Extensions.Logging;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// What an ORDER_TRADE_UPDATE says of an order: its trade, if it is one, and its state after it. An order that is not
/// ours has no id of ours: by hand, or the exchange's own, which closes a position for want of margin.
/// </summary>
internal readonly record struct FuturesReport(TradeSeen? Trade, OrderSeen Order)
{
    /// <summary>Null when the symbol is not listed here.</summary>
    /// <exception cref="FormatException">Not exact, or a status that is not known.</exception>
    public static FuturesReport? Read(
        in FuturesFrame frame, ListingCatalog listings, AccountCredentials account, ILogger logger)
    {
        EvidenceReader reader = new(listings, account, logger);
        string clientOrderId = Encoding.UTF8.GetString(frame.ClientOrderId);
        bool isListed = listings.TryFindListing(frame.Symbol, out InstrumentDefined listing);
        if (!WireOrderId.TryParse(clientOrderId, out OrderId id) || !isListed)
        {
            reader.NoteForeign(clientOrderId, Encoding.UTF8.GetString(frame.Symbol));
            NoteForcedClose(clientOrderId, account, logger);
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
            Terms = TermsOf(frame, listing, frame.OrderType),
        };
        return new(IsTrade(frame) ? ReadTrade(frame, listing, order, reader) : null, order);
    }

    /// <summary>The state of a conditional order; null when its symbol is not listed here.</summary>
    public static OrderSeen? ReadAlgo(
        in FuturesFrame frame, ListingCatalog listings, AccountCredentials account) =>
        listings.TryFindListing(frame.Symbol, out InstrumentDefined listing)
            ? new OrderSeen
            {
                Header = MessageHeader.For<OrderSeen>(account.Id),
                OrderId = OrderId.None,
                ExchangeOrderId = AlgoOrderId.Of(frame.AlgoId),
                InstrumentId = listing.InstrumentId,
                Status = AlgoOrderReader.StatusOf(Encoding.UTF8.GetString(frame.OrderStatus)),
                Source = EvidenceSource.Stream,
                CumulativeQuantity = 0,
                ExchangeUnixNanos = EvidenceReader.UnixNanosOf(frame.TransactionUnixMs),
                Stamps = default,
                Terms = TermsOf(frame, listing, AlgoOrderReader.WorkingType(frame.OrderType)),
            }
            : null;

    private static OrderTerms TermsOf(
        in FuturesFrame frame, in InstrumentDefined listing, ReadOnlySpan<byte> type) => OrderTermsReader.Read(
        frame.Side, type, frame.TimeInForce, frame.OrderPrice, frame.OrderQuantity, in listing,
        frame.PositionSide, frame.IsReduceOnly);

    /// <summary>A liquidation calls its fills CALCULATED.</summary>
    private static bool IsTrade(in FuturesFrame frame) =>
        frame.ExecutionType.SequenceEqual("TRADE"u8)
        || (frame.ExecutionType.SequenceEqual("CALCULATED"u8) && frame.TradeId > 0
            && frame.LastQuantity.ContainsAnyExcept((byte)'0', (byte)'.'));

    private static void NoteForcedClose(string clientOrderId, AccountCredentials account, ILogger logger)
    {
        bool isForced = clientOrderId.StartsWith("autoclose-", StringComparison.Ordinal)
            || clientOrderId.StartsWith("settlement_autoclose-", StringComparison.Ordinal)
            || clientOrderId == "adl_autoclose";
        if (isForced)
        {
            Log.ForcedClose(logger, account.Name, clientOrderId);
        }
    }

    private static TradeSeen ReadTrade(
        in FuturesFrame frame, in InstrumentDefined listing, in OrderSeen order, EvidenceReader reader)
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
            PositionSide = OrderTermsReader.PositionSideOf(frame.PositionSide),
            TradeId = frame.TradeId,
            ExecutionId = 0,
            Price = EvidenceReader.Exact(frame.LastPrice, listing.PriceDecimals, "L"),
            Quantity = EvidenceReader.Exact(frame.LastQuantity, listing.QuantityDecimals, "l"),
            Fee = fee,
            FeeAssetId = feeAsset,
            ExchangeUnixNanos = order.ExchangeUnixNanos,
        };
    }
}
