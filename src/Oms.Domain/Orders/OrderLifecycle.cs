using static Oms.Domain.Orders.OrderEvent;
using static Oms.Domain.Orders.OrderStatus;

namespace Oms.Domain.Orders;

/// <summary>
/// The life of an order as one table: every pair of status and event is decided here and nowhere else.
/// A late fill after a final status is booked and keeps that status unless it completes the order: the
/// exchange's trades are the truth. Acknowledgements and refusals that come late change nothing.
/// </summary>
public static class OrderLifecycle
{
    public static bool IsFinal(OrderStatus status) => status switch
    {
        Filled or Canceled or Rejected or Expired => true,
        PendingNew or New or PartiallyFilled or PendingCancel or Unknown => false,
    };

    /// <summary>
    /// The status after <paramref name="orderEvent"/>; equal to the status before where it changes nothing.
    /// </summary>
    public static OrderStatus Next(OrderStatus status, OrderEvent orderEvent) => status switch
    {
        PendingNew => NextOfPendingNew(orderEvent),
        New => NextOfWorking(New, orderEvent),
        PartiallyFilled => NextOfWorking(PartiallyFilled, orderEvent),
        PendingCancel => NextOfPendingCancel(orderEvent),
        Unknown => NextOfUnknown(orderEvent),
        Filled => Filled,
        Canceled => NextOfFinal(Canceled, orderEvent),
        Rejected => NextOfFinal(Rejected, orderEvent),
        Expired => NextOfFinal(Expired, orderEvent),
    };

    private static OrderStatus NextOfPendingNew(OrderEvent orderEvent) => orderEvent switch
    {
        Acknowledged => New,
        PartialFill => PartiallyFilled,
        CompletingFill => Filled,
        CancelRequested => PendingCancel,
        CancelRefusedUnfilled => PendingNew,
        CancelRefusedPartlyFilled => PartiallyFilled,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        Refused => Rejected,
        OutcomeUnknown => Unknown,
        ProvenAbsent => Rejected,
    };

    private static OrderStatus NextOfWorking(OrderStatus working, OrderEvent orderEvent) => orderEvent switch
    {
        Acknowledged => working,
        PartialFill => PartiallyFilled,
        CompletingFill => Filled,
        CancelRequested => PendingCancel,
        CancelRefusedUnfilled => working,
        CancelRefusedPartlyFilled => PartiallyFilled,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        // The exchange has shown the order: a late refusal, doubt or absence is contradicted by evidence.
        Refused => working,
        OutcomeUnknown => working,
        ProvenAbsent => working,
    };

    private static OrderStatus NextOfPendingCancel(OrderEvent orderEvent) => orderEvent switch
    {
        Acknowledged => PendingCancel,
        PartialFill => PendingCancel,
        CompletingFill => Filled,
        CancelRequested => PendingCancel,
        CancelRefusedUnfilled => New,
        CancelRefusedPartlyFilled => PartiallyFilled,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        Refused => Rejected,
        OutcomeUnknown => Unknown,
        ProvenAbsent => Rejected,
    };

    private static OrderStatus NextOfUnknown(OrderEvent orderEvent) => orderEvent switch
    {
        Acknowledged => New,
        PartialFill => PartiallyFilled,
        CompletingFill => Filled,
        // The cancel is sent; whether there is anything to cancel stays open until evidence comes.
        CancelRequested => Unknown,
        CancelRefusedUnfilled => Unknown,
        CancelRefusedPartlyFilled => Unknown,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        Refused => Rejected,
        OutcomeUnknown => Unknown,
        ProvenAbsent => Rejected,
    };

    private static OrderStatus NextOfFinal(OrderStatus final, OrderEvent orderEvent) => orderEvent switch
    {
        CompletingFill => Filled,
        Acknowledged or PartialFill or CancelRequested or CancelRefusedUnfilled or CancelRefusedPartlyFilled
            or CancelConfirmed or ExpiryConfirmed or Refused or OutcomeUnknown or ProvenAbsent => final,
    };
}
