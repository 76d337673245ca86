using System.Text.Json.Serialization;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;

namespace Oms.Cli.Records;

/// <summary>
/// All messages as <c>oms journal</c> prints them: mantissas and ids as numbers, texts as strings, members of
/// enumerations in lower snake case.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(IdConverter<AccountId>),
        typeof(IdConverter<AssetId>),
        typeof(IdConverter<InstrumentId>),
        typeof(IdConverter<OrderId>),
        typeof(IdConverter<TransferId>),
        typeof(TextConverter<ClientOrderId>),
        typeof(TextConverter<Text16>),
        typeof(TextConverter<Text32>),
        typeof(TextConverter<Text64>),
        typeof(MemberConverter<AccountGate>),
        typeof(MemberConverter<BalanceChange>),
        typeof(MemberConverter<CancelScope>),
        typeof(MemberConverter<Contingency>),
        typeof(MemberConverter<DifferenceKind>),
        typeof(MemberConverter<EvidenceSource>),
        typeof(MemberConverter<ExchangeOrderStatus>),
        typeof(MemberConverter<ExecutionType>),
        typeof(MemberConverter<GateReason>),
        typeof(MemberConverter<HaltReason>),
        typeof(MemberConverter<HaltScope>),
        typeof(MemberConverter<HaltState>),
        typeof(MemberConverter<LimitScope>),
        typeof(MemberConverter<Market>),
        typeof(MemberConverter<MarketFlags>),
        typeof(MemberConverter<MessageKind>),
        typeof(MemberConverter<OrderAmendment>),
        typeof(MemberConverter<OrderFlags>),
        typeof(MemberConverter<OrderOrigin>),
        typeof(MemberConverter<OrderStatus>),
        typeof(MemberConverter<OrderType>),
        typeof(MemberConverter<PositionSide>),
        typeof(MemberConverter<RejectReason>),
        typeof(MemberConverter<SelfTradePrevention>),
        typeof(MemberConverter<Side>),
        typeof(MemberConverter<StreamState>),
        typeof(MemberConverter<TimeInForce>),
        typeof(MemberConverter<TransferEvidence>),
        typeof(MemberConverter<TransferStatus>),
        typeof(MemberConverter<TransferStep>),
        typeof(MemberConverter<TriggerSource>),
    ])]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(AmendOrder))]
[JsonSerializable(typeof(ReplaceOrder))]
[JsonSerializable(typeof(PlaceOrderList))]
[JsonSerializable(typeof(CancelOrders))]
[JsonSerializable(typeof(ReconcileAccount))]
[JsonSerializable(typeof(ChangeHalt))]
[JsonSerializable(typeof(StartTransfer))]
[JsonSerializable(typeof(FastPathStarted))]
[JsonSerializable(typeof(RiskLimits))]
[JsonSerializable(typeof(AssetDefined))]
[JsonSerializable(typeof(AccountDefined))]
[JsonSerializable(typeof(InstrumentDefined))]
[JsonSerializable(typeof(RingAttached))]
[JsonSerializable(typeof(CapacityDefined))]
[JsonSerializable(typeof(ConnectorChanged))]
[JsonSerializable(typeof(LogPressureChanged))]
[JsonSerializable(typeof(LimitsDefined))]
[JsonSerializable(typeof(FundsDeposited))]
[JsonSerializable(typeof(RequestAllotment))]
[JsonSerializable(typeof(GrantAllotment))]
[JsonSerializable(typeof(ReturnAllotment))]
[JsonSerializable(typeof(ReclaimAllotment))]
[JsonSerializable(typeof(SessionStarted))]
[JsonSerializable(typeof(StreamChanged))]
[JsonSerializable(typeof(InstrumentFilters))]
[JsonSerializable(typeof(TopOfBook))]
[JsonSerializable(typeof(OrderSeen))]
[JsonSerializable(typeof(TradeSeen))]
[JsonSerializable(typeof(OrderRefused))]
[JsonSerializable(typeof(OrderOutcomeUnknown))]
[JsonSerializable(typeof(OrderAbsent))]
[JsonSerializable(typeof(CancelRefused))]
[JsonSerializable(typeof(BalanceSeen))]
[JsonSerializable(typeof(EvidenceBegin))]
[JsonSerializable(typeof(EvidenceEnd))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(LastTrade))]
[JsonSerializable(typeof(MarkPrice))]
[JsonSerializable(typeof(FundingSeen))]
[JsonSerializable(typeof(PositionSeen))]
[JsonSerializable(typeof(AmendRefused))]
[JsonSerializable(typeof(TransferSeen))]
[JsonSerializable(typeof(TransferRefused))]
[JsonSerializable(typeof(TransferOutcomeUnknown))]
[JsonSerializable(typeof(TransferAbsent))]
[JsonSerializable(typeof(BalanceMoved))]
[JsonSerializable(typeof(ExecutionReport))]
[JsonSerializable(typeof(CancelRejected))]
[JsonSerializable(typeof(BalanceChanged))]
[JsonSerializable(typeof(PositionChanged))]
[JsonSerializable(typeof(AccountGateChanged))]
[JsonSerializable(typeof(HaltChanged))]
[JsonSerializable(typeof(DifferenceFound))]
[JsonSerializable(typeof(CancelOrdersReport))]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(AllotmentDecided))]
[JsonSerializable(typeof(AllotmentReturned))]
[JsonSerializable(typeof(LimitsChanged))]
[JsonSerializable(typeof(TransferReport))]
[JsonSerializable(typeof(SubmitOrder))]
[JsonSerializable(typeof(SubmitCancel))]
[JsonSerializable(typeof(ResolveOrder))]
[JsonSerializable(typeof(GatherEvidence))]
[JsonSerializable(typeof(SubmitAmend))]
[JsonSerializable(typeof(SubmitTransfer))]
[JsonSerializable(typeof(ResolveTransfer))]
internal sealed partial class RecordJson : JsonSerializerContext;
