using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>Messages of clients and exchanges, with what tests seldom vary filled in.</summary>
internal static class Say
{
    public static ClientOrderId ClientId(string text) =>
        ClientOrderId.TryParse(text, out ClientOrderId id) ? id : throw new FormatException(text);

    public static PlaceOrder Place(
        AccountId account,
        InstrumentId instrument,
        string clientOrderId,
        Side side,
        long price,
        long quantity) => new()
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = ClientId(clientOrderId),
            InstrumentId = instrument,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Reserved = 0,
            ReservedWord = 0,
            Price = price,
            Quantity = quantity,
            CorrelationId = 77,
            Stamps = default,
        };

    public static CancelOrder Cancel(AccountId account, OrderId order, string clientOrderId = "") => new()
    {
        Header = MessageHeader.For<CancelOrder>(account),
        ClientOrderId = clientOrderId.Length == 0 ? default : ClientId(clientOrderId),
        Reserved = 0,
        OrderId = order,
        CorrelationId = 78,
    };

    public static OrderSeen Seen(
        in ExecutionReport order, EvidenceSource source, ExchangeOrderStatus status, long cumulative) => new()
        {
            Header = MessageHeader.For<OrderSeen>(order.Header.AccountId),
            OrderId = order.OrderId,
            ExchangeOrderId = 5000 + order.OrderId.Number,
            InstrumentId = order.InstrumentId,
            Status = status,
            Source = source,
            Reserved = 0,
            CumulativeQuantity = cumulative,
            ExchangeUnixNanos = 0,
            Stamps = default,
        };

    public static TradeSeen Trade(
        in ExecutionReport order,
        EvidenceSource source,
        long tradeId,
        long price,
        long quantity,
        long fee = 0,
        AssetId feeAsset = default) => new()
        {
            Header = MessageHeader.For<TradeSeen>(order.Header.AccountId),
            OrderId = order.OrderId,
            ExchangeOrderId = 5000 + order.OrderId.Number,
            InstrumentId = order.InstrumentId,
            Source = source,
            IsMaker = 0,
            Reserved = 0,
            TradeId = tradeId,
            ExecutionId = 0,
            Price = price,
            Quantity = quantity,
            Fee = fee,
            FeeAssetId = feeAsset,
            ReservedWord = 0,
            ExchangeUnixNanos = 0,
        };

    public static OrderRefused Refused(in ExecutionReport order, RejectReason reason) => new()
    {
        Header = MessageHeader.For<OrderRefused>(order.Header.AccountId),
        OrderId = order.OrderId,
        ExchangeErrorCode = -2010,
        Reason = reason,
        Reserved = 0,
        ExchangeText = default,
        Stamps = default,
    };

    public static CancelRefused CancelRefused(in ExecutionReport order, RejectReason reason) => new()
    {
        Header = MessageHeader.For<CancelRefused>(order.Header.AccountId),
        OrderId = order.OrderId,
        ExchangeErrorCode = -2011,
        Reason = reason,
        Reserved = 0,
        ExchangeText = default,
    };

    public static OrderAbsent Absent(in ExecutionReport order) => new()
    {
        Header = MessageHeader.For<OrderAbsent>(order.Header.AccountId),
        OrderId = order.OrderId,
    };

    public static OrderOutcomeUnknown Unknown(in ExecutionReport order) => new()
    {
        Header = MessageHeader.For<OrderOutcomeUnknown>(order.Header.AccountId),
        OrderId = order.OrderId,
    };
}
