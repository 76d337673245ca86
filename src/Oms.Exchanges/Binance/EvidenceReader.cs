using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Domain.Time;

namespace Oms.Exchanges.Binance;

/// <summary>Turns what Binance says of an account's orders into messages, exactly or not at all.</summary>
internal sealed class EvidenceReader(ListingCatalog listings, AccountCredentials account, ILogger logger)
{
    /// <exception cref="FormatException">A status or number that cannot be told exactly.</exception>
    public OrderSeen Order(RestAnswer.Order order, OrderId id, InstrumentId instrument, EvidenceSource source)
    {
        InstrumentDefined listing = Listing(instrument);
        return order.Symbol != listing.ExchangeSymbol.ToString()
            ? throw new FormatException($"the answer is about '{order.Symbol}'")
            : new()
        {
            Header = MessageHeader.For<OrderSeen>(account.Id),
            OrderId = id,
            ExchangeOrderId = order.OrderId,
            InstrumentId = listing.InstrumentId,
            Status = Status(Encoding.UTF8.GetBytes(order.Status)),
            Source = source,
            CumulativeQuantity = Exact(order.ExecutedQty, listing.QuantityDecimals, "executedQty"),
            ExchangeUnixNanos =
                UnixNanosOf(Math.Max(order.TransactTime, Math.Max(order.UpdateTime, order.Time))),
            Stamps = default,
            Terms = OrderTermsReader.Read(order, in listing),
        };
    }

    /// <summary>Orders that work; one that is not ours has no id of ours, and is named in the log.</summary>
    public ImmutableArray<OrderSeen> OpenOrders(RestAnswer.Order[] orders)
    {
        var seen = ImmutableArray.CreateBuilder<OrderSeen>();
        foreach (RestAnswer.Order order in orders)
        {
            bool isListed = listings.TryFindListing(
                Encoding.UTF8.GetBytes(order.Symbol), out InstrumentDefined listing);
            if (!WireOrderId.TryParse(order.ClientOrderId, out OrderId id) || !isListed)
            {
                NoteForeign(order.ClientOrderId, order.Symbol);
            }

            if (isListed)
            {
                seen.Add(Order(order, id, listing.InstrumentId, EvidenceSource.Query));
            }
        }

        return seen.ToImmutable();
    }

    /// <summary>An order that is not ours showed.</summary>
    public void NoteForeign(string clientOrderId, string symbol)
    {
        ExchangeMetrics.ForeignOrders.Add(1, ExchangeMetrics.Tag(account.Name.Exchange));
        Log.ForeignOrder(logger, account.Name, clientOrderId, symbol);
    }

    /// <summary>A fill of the answer to a new order: the order took.</summary>
    public TradeSeen Fill(RestAnswer.Fill fill, in OrderSeen order) =>
        Trade(
            new()
            {
                Id = fill.TradeId,
                OrderId = order.ExchangeOrderId,
                Price = fill.Price,
                Qty = fill.Qty,
                Commission = fill.Commission,
                CommissionAsset = fill.CommissionAsset,
                Time = order.ExchangeUnixNanos / UnixNanos.PerMillisecond,
                IsMaker = false,
            },
            order,
            EvidenceSource.Reply);

    public TradeSeen Trade(RestAnswer.Trade trade, in OrderSeen order, EvidenceSource source)
    {
        InstrumentDefined listing = Listing(order.InstrumentId);
        (AssetId feeAsset, long fee) = Fee(
            Encoding.UTF8.GetBytes(trade.CommissionAsset), Encoding.UTF8.GetBytes(trade.Commission));
        return new()
        {
            Header = MessageHeader.For<TradeSeen>(account.Id),
            OrderId = order.OrderId,
            ExchangeOrderId = trade.OrderId,
            InstrumentId = order.InstrumentId,
            Source = source,
            IsMaker = trade.IsMaker ? (byte)1 : (byte)0,
            Side = order.Terms.Side != 0 ? order.Terms.Side : trade.IsBuyer ? Side.Buy : Side.Sell,
            PositionSide = order.Terms.PositionSide,
            TradeId = trade.Id,
            ExecutionId = 0,
            Price = Exact(trade.Price, listing.PriceDecimals, "price"),
            Quantity = Exact(trade.Qty, listing.QuantityDecimals, "qty"),
            Fee = fee,
            FeeAssetId = feeAsset,
            ExchangeUnixNanos = UnixNanosOf(trade.Time),
        };
    }

    /// <summary>
    /// A fee and its asset. The fee of an asset that is not configured is reported as none and logged: the
    /// fill itself must not be lost over it.
    /// </summary>
    public (AssetId Asset, long Fee) Fee(ReadOnlySpan<byte> asset, ReadOnlySpan<byte> amount)
    {
        if (listings.TryFindAsset(asset, out AssetDefined defined))
        {
            return (defined.AssetId, Exact(amount, defined.Decimals, "commission"));
        }

        if (!asset.IsEmpty)
        {
            ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(account.Name.Exchange));
            Log.FeeAssetUnknown(logger, account.Name, Encoding.UTF8.GetString(asset));
        }

        return (AssetId.None, 0);
    }

    /// <exception cref="FormatException">A status that is not in enums.md of 2026-07.</exception>
    public static ExchangeOrderStatus Status(ReadOnlySpan<byte> status) => status switch
    {
        _ when status.SequenceEqual("NEW"u8) => ExchangeOrderStatus.New,
        _ when status.SequenceEqual("PENDING_NEW"u8) => ExchangeOrderStatus.New,
        _ when status.SequenceEqual("PARTIALLY_FILLED"u8) => ExchangeOrderStatus.PartiallyFilled,
        _ when status.SequenceEqual("FILLED"u8) => ExchangeOrderStatus.Filled,
        _ when status.SequenceEqual("CANCELED"u8) => ExchangeOrderStatus.Canceled,
        _ when status.SequenceEqual("REJECTED"u8) => ExchangeOrderStatus.Rejected,
        _ when status.SequenceEqual("EXPIRED"u8) => ExchangeOrderStatus.Expired,
        _ when status.SequenceEqual("EXPIRED_IN_MATCH"u8) => ExchangeOrderStatus.Expired,
        _ => throw new FormatException($"order status '{Encoding.UTF8.GetString(status)}' is not known"),
    };

    public static long Exact(string text, int decimals, string name) =>
        Exact(Encoding.UTF8.GetBytes(text), decimals, name);

    /// <exception cref="FormatException">No decimal text, or not exact at these decimals.</exception>
    public static long Exact(ReadOnlySpan<byte> text, int decimals, string name) =>
        DecimalText.TryParse(text, decimals, out long mantissa)
            ? mantissa
            : throw new FormatException(
                $"{name} '{Encoding.UTF8.GetString(text)}' is not exact at {decimals} decimals");

    public static long UnixNanosOf(long unixMilliseconds) => unixMilliseconds * UnixNanos.PerMillisecond;

    private InstrumentDefined Listing(InstrumentId id) =>
        listings.TryFind(id, out InstrumentDefined listing)
            ? listing
            : throw new FormatException($"instrument {id} is not listed");
}
