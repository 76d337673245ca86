using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

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
        MessageKind.PlaceOrder => IsWhole<PlaceOrder>(message),
        MessageKind.CancelOrder => IsWhole<CancelOrder>(message),
        _ => false,
    };

    public static bool IsReport(ReadOnlySpan<byte> message) => MessageBytes.Header(message).Kind switch
    {
        MessageKind.SessionStarted => IsWhole<SessionStarted>(message)
            && IsSound(in As<SessionStarted>(message)),
        MessageKind.StreamChanged => IsWhole<StreamChanged>(message)
            && IsSound(in As<StreamChanged>(message)),
        MessageKind.InstrumentFilters => IsWhole<InstrumentFilters>(message),
        MessageKind.TopOfBook => IsWhole<TopOfBook>(message) && IsSound(in As<TopOfBook>(message)),
        MessageKind.OrderSeen => IsWhole<OrderSeen>(message) && IsSound(in As<OrderSeen>(message)),
        MessageKind.TradeSeen => IsWhole<TradeSeen>(message) && IsSound(in As<TradeSeen>(message)),
        MessageKind.OrderRefused => IsWhole<OrderRefused>(message)
            && IsSound(As<OrderRefused>(message).Reason),
        MessageKind.OrderOutcomeUnknown => IsWhole<OrderOutcomeUnknown>(message),
        MessageKind.OrderAbsent => IsWhole<OrderAbsent>(message),
        MessageKind.CancelRefused => IsWhole<CancelRefused>(message)
            && IsSound(As<CancelRefused>(message).Reason),
        MessageKind.BalanceSeen => IsWhole<BalanceSeen>(message) && IsSound(in As<BalanceSeen>(message)),
        MessageKind.EvidenceBegin => IsWhole<EvidenceBegin>(message),
        MessageKind.EvidenceEnd => IsWhole<EvidenceEnd>(message),
        _ => false,
    };

    private static bool IsSound(in SessionStarted message) =>
        message.Connector < Oms.Engine.EngineCapacity.ConnectorsMax;

    private static bool IsSound(in StreamChanged message) =>
        message.State is StreamState.Down or StreamState.Up;

    private static bool IsSound(RejectReason reason) => reason != RejectReason.None && Enum.IsDefined(reason);

    private static bool IsSound(in TopOfBook message) =>
        IsAmount(message.BidPrice) && IsAmount(message.AskPrice);

    private static bool IsSound(in OrderSeen message) =>
        message.Status is >= ExchangeOrderStatus.New and <= ExchangeOrderStatus.Expired
        && IsAmount(message.CumulativeQuantity);

    private static bool IsSound(in TradeSeen message) =>
        message.Price > 0 && IsAmount(message.Price)
        && message.Quantity > 0 && IsAmount(message.Quantity)
        && message.Fee is >= -AmountMax and <= AmountMax;

    private static bool IsSound(in BalanceSeen message) =>
        IsAmount(message.Free)
        && IsAmount(message.Locked)
        && !message.AssetId.IsNone
        && message.Market is Market.Spot or Market.Futures;

    private static bool IsAmount(long amount) => amount is >= 0 and <= AmountMax;

    private static bool IsWhole<TMessage>(ReadOnlySpan<byte> message)
        where TMessage : unmanaged, IMessage =>
        message.Length == System.Runtime.CompilerServices.Unsafe.SizeOf<TMessage>();

    private static ref readonly TMessage As<TMessage>(ReadOnlySpan<byte> message)
        where TMessage : unmanaged, IMessage => ref MessageBytes.As<TMessage>(message);
}
