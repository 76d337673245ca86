namespace Oms.Domain.Messages;

/// <summary>The closed set of messages. A number is never reused for another meaning.</summary>
public enum MessageKind : ushort
{
    None = 0,

    // Commands of clients.
    PlaceOrder = 1,
    CancelOrder = 2,
    AmendOrder = 3,
    ReplaceOrder = 4,
    PlaceOrderList = 5,
    CancelOrders = 6,
    ChangeHalt = 7,
    StartTransfer = 8,
    ReconcileAccount = 9,

    // Definitions, logged so that a log explains itself.
    FastPathStarted = 16,
    RiskLimits = 17,
    AssetDefined = 18,
    AccountDefined = 19,
    InstrumentDefined = 20,
    RingAttached = 21,
    CapacityDefined = 22,
    ConnectorChanged = 23,
    LogPressureChanged = 24,
    LimitsDefined = 25,
    FundsDeposited = 26,

    // Between the shards of a firm.
    RequestAllotment = 28,
    GrantAllotment = 29,
    ReturnAllotment = 30,
    ReclaimAllotment = 31,

    // What exchanges say, brought by connectors.
    SessionStarted = 32,
    StreamChanged = 33,
    InstrumentFilters = 34,
    TopOfBook = 35,
    OrderSeen = 36,
    TradeSeen = 37,
    OrderRefused = 38,
    OrderOutcomeUnknown = 39,
    OrderAbsent = 40,
    CancelRefused = 41,
    BalanceSeen = 42,
    EvidenceBegin = 43,
    EvidenceEnd = 44,
    Tick = 45,
    LastTrade = 46,
    MarkPrice = 47,
    FundingSeen = 48,
    PositionSeen = 49,
    AmendRefused = 50,
    TransferSeen = 56,
    TransferRefused = 57,
    TransferOutcomeUnknown = 58,
    TransferAbsent = 59,
    BalanceMoved = 60,

    // Events: what the engine decided.
    ExecutionReport = 64,
    CancelRejected = 65,
    BalanceChanged = 66,
    PositionChanged = 67,
    AccountGateChanged = 68,
    HaltChanged = 69,
    DifferenceFound = 70,
    CancelOrdersReport = 71,
    AllotmentDecided = 72,
    AllotmentReturned = 73,
    TransferReport = 80,
    LimitsChanged = 81,
    ReconcileReport = 82,

    // Requests to connectors.
    SubmitOrder = 96,
    SubmitCancel = 97,
    ResolveOrder = 98,
    GatherEvidence = 99,
    SubmitAmend = 100,
    SubmitTransfer = 112,
    ResolveTransfer = 113,
}
