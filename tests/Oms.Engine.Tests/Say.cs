using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;

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
            Terms = new OrderTerms
            {
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = price,
                Quantity = quantity,
            },
            CorrelationId = 77,
            Stamps = default,
        };

    public static CancelOrder Cancel(AccountId account, OrderId order, string clientOrderId = "") => new()
    {
        Header = MessageHeader.For<CancelOrder>(account),
        ClientOrderId = clientOrderId.Length == 0 ? default : ClientId(clientOrderId),
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
            CumulativeQuantity = cumulative,
            ExchangeUnixNanos = 0,
            Stamps = default,
            Terms = default,
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
            Side = order.Terms.Side,
            PositionSide = order.Terms.PositionSide,
            TradeId = tradeId,
            ExecutionId = 0,
            Price = price,
            Quantity = quantity,
            Fee = fee,
            FeeAssetId = feeAsset,
            ExchangeUnixNanos = 0,
        };

    public static OrderRefused Refused(in ExecutionReport order, RejectReason reason) => new()
    {
        Header = MessageHeader.For<OrderRefused>(order.Header.AccountId),
        OrderId = order.OrderId,
        ExchangeErrorCode = -2010,
        Reason = reason,
        ExchangeText = default,
        Stamps = default,
    };

    public static CancelRefused CancelRefused(in ExecutionReport order, RejectReason reason) => new()
    {
        Header = MessageHeader.For<CancelRefused>(order.Header.AccountId),
        OrderId = order.OrderId,
        ExchangeErrorCode = -2011,
        Reason = reason,
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

    public static AmendRefused AmendRefused(in ExecutionReport order, RejectReason reason) => new()
    {
        Header = MessageHeader.For<AmendRefused>(order.Header.AccountId),
        OrderId = order.OrderId,
        ExchangeErrorCode = -2038,
        Reason = reason,
        ExchangeText = default,
    };

    public static OrderSeen Foreign(
        AccountId account,
        InstrumentId instrument,
        long exchangeOrderId,
        ExchangeOrderStatus status,
        long cumulative,
        in OrderTerms terms) => new()
        {
            Header = MessageHeader.For<OrderSeen>(account),
            OrderId = OrderId.None,
            ExchangeOrderId = exchangeOrderId,
            InstrumentId = instrument,
            Status = status,
            Source = EvidenceSource.Stream,
            CumulativeQuantity = cumulative,
            ExchangeUnixNanos = 0,
            Stamps = default,
            Terms = terms,
        };

    public static TradeSeen ForeignTrade(
        AccountId account,
        InstrumentId instrument,
        long exchangeOrderId,
        Side side,
        long tradeId,
        long quantity,
        long price) => new()
        {
            Header = MessageHeader.For<TradeSeen>(account),
            OrderId = OrderId.None,
            ExchangeOrderId = exchangeOrderId,
            InstrumentId = instrument,
            Source = EvidenceSource.Stream,
            IsMaker = 0,
            Side = side,
            PositionSide = PositionSide.Both,
            TradeId = tradeId,
            ExecutionId = 0,
            Price = price,
            Quantity = quantity,
            Fee = 0,
            FeeAssetId = AssetId.None,
            ExchangeUnixNanos = 0,
        };

    /// <summary>
    /// <c>account|instrument|group=N|firm</c>, then <c>leverage=HUNDREDTHS orders=N rate=N window=MS same=MS
    /// notional=A quantity=Q position=Q value=A balance=A loss=A</c>.
    /// </summary>
    public static LimitsDefined Limits(AccountId account, InstrumentId instrument, string[] words)
    {
        long ValueOf(string name) => words.FirstOrDefault(word => word.StartsWith(name + '=')) is { } found
            ? long.Parse(found[(name.Length + 1)..])
            : 0;
        string scope = words[0].Split('=')[0];
        bool isOfAccount = scope is "account" or "instrument";
        return new LimitsDefined
        {
            Header = MessageHeader.For<LimitsDefined>(isOfAccount ? account : AccountId.None),
            Scope = Enum.Parse<LimitScope>(scope, ignoreCase: true),
            Group = (uint)ValueOf("group"),
            InstrumentId = scope == "instrument" ? instrument : InstrumentId.None,
            LeverageMax = (int)ValueOf("leverage"),
            OpenOrdersMax = (int)ValueOf("orders"),
            OrdersPerWindowMax = (int)ValueOf("rate"),
            OrderWindowNanos = ValueOf("window") * 1_000_000,
            DuplicateWindowNanos = ValueOf("same") * 1_000_000,
            OrderNotionalMax = ValueOf("notional") * Desk.One,
            OrderQuantityMax = ValueOf("quantity"),
            PositionQuantityMax = ValueOf("position"),
            PositionValueMax = ValueOf("value") * Desk.One,
            BalanceValueMax = ValueOf("balance") * Desk.One,
            LossMax = ValueOf("loss") * Desk.One,
            Version = ValueOf("version"),
        };
    }

    public static RequestAllotment Request(int shard, uint group, long number, long amount) => new()
    {
        Header = MessageHeader.For<RequestAllotment>(),
        Shard = shard,
        Group = group,
        Number = number,
        Amount = amount,
    };

    public static GrantAllotment Grant(int shard, uint group, long number, long amount) => new()
    {
        Header = MessageHeader.For<GrantAllotment>(),
        Shard = shard,
        Group = group,
        Number = number,
        Amount = amount,
    };

    public static ReturnAllotment Return(int shard, uint group, long number, long amount) => new()
    {
        Header = MessageHeader.For<ReturnAllotment>(),
        Shard = shard,
        Group = group,
        Number = number,
        Amount = amount,
    };

    public static ReclaimAllotment Reclaim(int shard, uint group, long number, long amount) => new()
    {
        Header = MessageHeader.For<ReclaimAllotment>(),
        Shard = shard,
        Group = group,
        Number = number,
        Amount = amount,
    };

    public static ChangeHalt Halt(HaltScope scope, AccountId account, string exchange, bool isHalted) => new()
    {
        Header = MessageHeader.For<ChangeHalt>(account),
        Scope = scope,
        IsHalted = isHalted ? (byte)1 : (byte)0,
        OrderId = OrderId.None,
        Exchange = Text16.Of(exchange),
        CorrelationId = 5,
        By = default,
    };

    public static StartTransfer Transfer(
        string id,
        AccountId from,
        Market fromWallet,
        AccountId to,
        Market toWallet,
        AssetId asset,
        long amount,
        long intentUnixNanos) => new()
        {
            Header = MessageHeader.For<StartTransfer>(from),
            ToAccountId = to,
            AssetId = asset,
            FromWallet = fromWallet,
            ToWallet = toWallet,
            Amount = amount,
            CorrelationId = 79,
            ClientTransferId = Text32.Of(id),
            IntentUnixNanos = intentUnixNanos,
        };

    public static BalanceMoved Moved(AccountId account, AssetId asset, long amount, Market wallet) => new()
    {
        Header = MessageHeader.For<BalanceMoved>(account),
        AssetId = asset,
        Market = wallet,
        Amount = amount,
        ExchangeUnixNanos = 0,
    };

    public static TransferSeen SeenTransfer(TransferId id, byte hop, TransferEvidence evidence) => new()
    {
        Header = MessageHeader.For<TransferSeen>(),
        TransferId = id,
        ExchangeTransferId = 9_000 + id.Number,
        Hop = hop,
        Evidence = evidence,
        Source = EvidenceSource.Query,
    };

    public static TransferRefused RefusedTransfer(TransferId id, byte hop, RejectReason reason) => new()
    {
        Header = MessageHeader.For<TransferRefused>(),
        TransferId = id,
        ExchangeErrorCode = -9000,
        Reason = reason,
        Hop = hop,
        ExchangeText = default,
    };

    public static TransferOutcomeUnknown UnknownTransfer(TransferId id, byte hop) => new()
    {
        Header = MessageHeader.For<TransferOutcomeUnknown>(),
        TransferId = id,
        Hop = hop,
    };

    public static TransferAbsent AbsentTransfer(TransferId id, byte hop) => new()
    {
        Header = MessageHeader.For<TransferAbsent>(),
        TransferId = id,
        Hop = hop,
    };
}
