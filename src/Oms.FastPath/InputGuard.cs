using System.Runtime.CompilerServices;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.FastPath;

/// <summary>
/// What may come in by which ring. The engine trusts its inputs and replays them for ever, so that nothing
/// may enter the log that it cannot digest.
/// </summary>
internal static class InputGuard
{
    /// <summary>Above every real amount, and small enough that sums of many fit in 64 bits.</summary>
    private const long AmountMax = 1_000_000_000_000_000_000;

    public static bool IsCommand(ReadOnlySpan<byte> message) => MessageBytes.Header(message).Kind switch
    {
        MessageKind.PlaceOrder => IsWhole<PlaceOrder>(message) && IsSound(in As<PlaceOrder>(message)),
        MessageKind.CancelOrder => IsWhole<CancelOrder>(message),
        MessageKind.AmendOrder => IsWhole<AmendOrder>(message),
        MessageKind.ReplaceOrder => IsWhole<ReplaceOrder>(message) && IsSound(in As<ReplaceOrder>(message)),
        MessageKind.PlaceOrderList => IsWhole<PlaceOrderList>(message) && IsSound(in As<PlaceOrderList>(message)),
        MessageKind.CancelOrders => IsWhole<CancelOrders>(message) && IsSound(in As<CancelOrders>(message)),
        MessageKind.ChangeHalt => IsWhole<ChangeHalt>(message) && IsSound(in As<ChangeHalt>(message)),
        MessageKind.ReconcileAccount => IsWhole<ReconcileAccount>(message),
        MessageKind.StartTransfer => IsWhole<StartTransfer>(message) && IsSound(in As<StartTransfer>(message)),
        _ => false,
    };

    /// <summary>Grains may do what clients do, and set limits.</summary>
    public static bool IsOfSilo(ReadOnlySpan<byte> message) =>
        MessageBytes.Header(message).Kind == MessageKind.LimitsDefined
            ? IsWhole<LimitsDefined>(message) && IsSound(in As<LimitsDefined>(message))
            : IsCommand(message);

    public static bool IsReport(ReadOnlySpan<byte> message) => MessageBytes.Header(message).Kind switch
    {
        // A connector halts an account for which the exchange takes no key; it lets none go.
        MessageKind.ChangeHalt => IsWhole<ChangeHalt>(message) && IsSound(in As<ChangeHalt>(message))
            && As<ChangeHalt>(message) is { Scope: HaltScope.Account, IsHalted: 1 },
        MessageKind.InstrumentFilters =>
            IsWhole<InstrumentFilters>(message) && IsSound(in As<InstrumentFilters>(message)),
        MessageKind.TopOfBook => IsWhole<TopOfBook>(message) && IsSound(in As<TopOfBook>(message)),
        MessageKind.LastTrade => IsWhole<LastTrade>(message) && IsAmount(As<LastTrade>(message).Price),
        MessageKind.MarkPrice => IsWhole<MarkPrice>(message) && IsAmount(As<MarkPrice>(message).Price),
        MessageKind.OrderSeen => IsWhole<OrderSeen>(message) && IsSound(in As<OrderSeen>(message)),
        MessageKind.TradeSeen => IsWhole<TradeSeen>(message) && IsSound(in As<TradeSeen>(message)),
        MessageKind.OrderRefused =>
            IsWhole<OrderRefused>(message) && IsSound(As<OrderRefused>(message).Reason),
        MessageKind.OrderOutcomeUnknown => IsWhole<OrderOutcomeUnknown>(message),
        MessageKind.OrderAbsent => IsWhole<OrderAbsent>(message),
        MessageKind.CancelRefused =>
            IsWhole<CancelRefused>(message) && IsSound(As<CancelRefused>(message).Reason),
        MessageKind.AmendRefused =>
            IsWhole<AmendRefused>(message) && IsSound(As<AmendRefused>(message).Reason),
        _ => IsEvidence(message),
    };

    private static bool IsEvidence(ReadOnlySpan<byte> message) => MessageBytes.Header(message).Kind switch
    {
        MessageKind.SessionStarted =>
            IsWhole<SessionStarted>(message) && IsSound(in As<SessionStarted>(message)),
        MessageKind.StreamChanged => IsWhole<StreamChanged>(message) && IsSound(in As<StreamChanged>(message)),
        MessageKind.BalanceSeen => IsWhole<BalanceSeen>(message) && IsSound(in As<BalanceSeen>(message)),
        MessageKind.PositionSeen => IsWhole<PositionSeen>(message) && IsSound(in As<PositionSeen>(message)),
        MessageKind.FundingSeen =>
            IsWhole<FundingSeen>(message) && IsSignedAmount(As<FundingSeen>(message).Amount),
        MessageKind.EvidenceBegin => IsWhole<EvidenceBegin>(message),
        MessageKind.EvidenceEnd => IsWhole<EvidenceEnd>(message),
        _ => IsOfTransfer(message),
    };

    private static bool IsOfTransfer(ReadOnlySpan<byte> message) => MessageBytes.Header(message).Kind switch
    {
        MessageKind.TransferSeen => IsWhole<TransferSeen>(message) && IsSound(in As<TransferSeen>(message)),
        MessageKind.TransferRefused =>
            IsWhole<TransferRefused>(message) && IsSound(As<TransferRefused>(message).Reason),
        MessageKind.TransferOutcomeUnknown => IsWhole<TransferOutcomeUnknown>(message),
        MessageKind.TransferAbsent => IsWhole<TransferAbsent>(message),
        MessageKind.BalanceMoved => IsWhole<BalanceMoved>(message) && IsSound(in As<BalanceMoved>(message)),
        _ => false,
    };

    private static bool IsSound(in PlaceOrder message) => AreKnown(message.Terms);

    private static bool IsSound(in ReplaceOrder message) => AreKnown(message.Terms);

    private static bool IsSound(in PlaceOrderList message) =>
        AreKnown(message.First.Terms)
        && AreKnown(message.Second.Terms)
        && (message.LegCount < 3 || AreKnown(message.Third.Terms));

    /// <summary>What does not make sense together is the engine's to refuse, with a reason.</summary>
    private static bool AreKnown(in OrderTerms terms) =>
        terms.Side is Side.Buy or Side.Sell
        && terms.PositionSide <= PositionSide.Short
        && terms.TriggerSource <= TriggerSource.BestPrice
        && terms.SelfTradePrevention <= SelfTradePrevention.Decrement;

    private static bool IsSound(in CancelOrders message) =>
        message.Scope is >= CancelScope.Account and <= CancelScope.All;

    private static bool IsSound(in ChangeHalt message) =>
        message.Scope is >= HaltScope.Order and <= HaltScope.Firm && message.IsHalted <= 1;

    private static bool IsSound(in LimitsDefined message) =>
        message.Scope is >= LimitScope.Account and <= LimitScope.Firm
        && message.Version > 0
        && message.LeverageMax >= 0
        && message.OpenOrdersMax >= 0
        && message.OrdersPerWindowMax >= 0
        && IsAmount(message.OrderWindowNanos)
        && IsAmount(message.DuplicateWindowNanos)
        && IsAmount(message.OrderNotionalMax)
        && IsAmount(message.OrderQuantityMax)
        && IsAmount(message.PositionQuantityMax)
        && IsAmount(message.PositionValueMax)
        && IsAmount(message.BalanceValueMax)
        && IsAmount(message.LossMax);

    private static bool IsSound(in StartTransfer message) =>
        IsWallet(message.FromWallet)
        && IsWallet(message.ToWallet)
        && IsAmount(message.Amount)
        && message.ClientTransferId != default;

    private static bool IsSound(in TransferSeen message) =>
        message.Evidence is >= TransferEvidence.Accepted and <= TransferEvidence.Failed;

    private static bool IsSound(in BalanceMoved message) =>
        IsSignedAmount(message.Amount) && IsWallet(message.Market);

    private static bool IsSound(in SessionStarted message) =>
        message.Connector < Oms.Engine.EngineCapacity.ConnectorsMax;

    private static bool IsSound(in StreamChanged message) =>
        message.State is StreamState.Down or StreamState.Up;

    private static bool IsSound(RejectReason reason) => reason != RejectReason.None && Enum.IsDefined(reason);

    private static bool IsSound(in InstrumentFilters message) =>
        message.TickSize >= 0 && message.LotSize >= 0 && message.QuantityMin >= 0 && message.NotionalMin >= 0
        && Enum.IsDefined(message.CanAmend);

    private static bool IsSound(in TopOfBook message) =>
        IsAmount(message.BidPrice) && IsAmount(message.AskPrice);

    private static bool IsSound(in OrderSeen message) =>
        message.Status is >= ExchangeOrderStatus.New and <= ExchangeOrderStatus.Expired
        && IsAmount(message.CumulativeQuantity)
        && IsAmount(message.Terms.Quantity)
        && IsAmount(message.Terms.Price)
        && IsAmount(message.Terms.StopPrice)
        && (message.Terms.Quantity == 0 || AreKnown(message.Terms));

    private static bool IsSound(in TradeSeen message) =>
        message.Price > 0 && IsAmount(message.Price)
        && message.Quantity > 0 && IsAmount(message.Quantity)
        && IsSignedAmount(message.Fee);

    private static bool IsSound(in BalanceSeen message) =>
        IsAmount(message.Free)
        && IsAmount(message.Locked)
        && !message.AssetId.IsNone
        && IsWallet(message.Market);

    private static bool IsSound(in PositionSeen message) =>
        message.PositionSide <= PositionSide.Short
        && IsSignedAmount(message.Quantity)
        && IsSignedAmount(message.EntryNotional);

    private static bool IsWallet(Market wallet) => wallet is Market.Spot or Market.Futures;

    private static bool IsAmount(long amount) => amount is >= 0 and <= AmountMax;

    private static bool IsSignedAmount(long amount) => amount is >= -AmountMax and <= AmountMax;

    private static bool IsWhole<TMessage>(ReadOnlySpan<byte> message)
        where TMessage : unmanaged, IMessage => message.Length == Unsafe.SizeOf<TMessage>();

    private static ref readonly TMessage As<TMessage>(ReadOnlySpan<byte> message)
        where TMessage : unmanaged, IMessage => ref MessageBytes.As<TMessage>(message);
}
