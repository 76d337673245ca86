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
    private const int EventCount = (int)ReplaceSettledPartlyFilled + 1;
    private const uint FinalStatuses =
        (1u << (int)Filled) | (1u << (int)Canceled) | (1u << (int)Rejected) | (1u << (int)Expired);

    /// <summary>The table as decided below, by status and event: a look-up instead of two jumps.</summary>
    private static readonly OrderStatus[] Table = Tabulate();

    public static bool IsFinal(OrderStatus status) => ((FinalStatuses >> (int)status) & 1) != 0;

    /// <summary>
    /// The status after <paramref name="orderEvent"/>; equal to the status before where it changes nothing.
    /// </summary>
    public static OrderStatus Next(OrderStatus status, OrderEvent orderEvent) =>
        Table[((int)status * EventCount) + (int)orderEvent];

    private static OrderStatus[] Tabulate()
    {
        OrderStatus[] statuses = Enum.GetValues<OrderStatus>();
        var table = new OrderStatus[((int)statuses.Max() + 1) * EventCount];
        foreach (OrderStatus status in statuses)
        {
            foreach (OrderEvent orderEvent in Enum.GetValues<OrderEvent>())
            {
                table[((int)status * EventCount) + (int)orderEvent] = Decide(status, orderEvent);
            }
        }

        return table;
    }

    private static OrderStatus Decide(OrderStatus status, OrderEvent orderEvent) => status switch
    {
        PendingNew => NextOfPendingNew(orderEvent),
        New => NextOfWorking(New, orderEvent),
        PartiallyFilled => NextOfWorking(PartiallyFilled, orderEvent),
        PendingCancel => NextOfPendingCancel(orderEvent),
        PendingReplace => NextOfPendingReplace(orderEvent),
        Unknown => NextOfUnknown(orderEvent),
        Suspended => NextOfSuspended(orderEvent),
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
        CancelRefusedUnfilled or ReplaceSettledUnfilled => PendingNew,
        CancelRefusedPartlyFilled or ReplaceSettledPartlyFilled => PartiallyFilled,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        Refused => Rejected,
        OutcomeUnknown => Unknown,
        ProvenAbsent => Rejected,
        Triggered => PendingNew,
        // Nothing is changed before the exchange has shown the order.
        ReplaceRequested => PendingNew,
    };

    private static OrderStatus NextOfWorking(OrderStatus working, OrderEvent orderEvent) => orderEvent switch
    {
        Acknowledged => working,
        PartialFill => PartiallyFilled,
        CompletingFill => Filled,
        CancelRequested => PendingCancel,
        CancelRefusedUnfilled or ReplaceSettledUnfilled => working,
        CancelRefusedPartlyFilled or ReplaceSettledPartlyFilled => PartiallyFilled,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        // The exchange has shown the order: a late refusal, doubt or absence is contradicted by evidence.
        Refused => working,
        OutcomeUnknown => working,
        ProvenAbsent => working,
        Triggered => working,
        ReplaceRequested => PendingReplace,
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
        Triggered => PendingCancel,
        // The cancel overtook the change, and is still to be answered.
        ReplaceRequested or ReplaceSettledUnfilled or ReplaceSettledPartlyFilled => PendingCancel,
    };

    private static OrderStatus NextOfPendingReplace(OrderEvent orderEvent) => orderEvent switch
    {
        Acknowledged => PendingReplace,
        PartialFill => PendingReplace,
        CompletingFill => Filled,
        CancelRequested => PendingCancel,
        CancelRefusedUnfilled or CancelRefusedPartlyFilled => PendingReplace,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        // The exchange has shown the order: a late refusal, doubt or absence is contradicted by evidence.
        Refused => PendingReplace,
        OutcomeUnknown => PendingReplace,
        ProvenAbsent => PendingReplace,
        Triggered => PendingReplace,
        ReplaceRequested => PendingReplace,
        ReplaceSettledUnfilled => New,
        ReplaceSettledPartlyFilled => PartiallyFilled,
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
        Triggered => Unknown,
        ReplaceRequested or ReplaceSettledUnfilled or ReplaceSettledPartlyFilled => Unknown,
    };

    private static OrderStatus NextOfSuspended(OrderEvent orderEvent) => orderEvent switch
    {
        // The exchange cannot show what it has not heard of; if it does all the same, it is believed.
        Acknowledged => New,
        PartialFill => PartiallyFilled,
        CompletingFill => Filled,
        CancelRequested => Suspended,
        CancelRefusedUnfilled or CancelRefusedPartlyFilled => Suspended,
        CancelConfirmed => Canceled,
        ExpiryConfirmed => Expired,
        Refused => Rejected,
        OutcomeUnknown => Suspended,
        ProvenAbsent => Suspended,
        Triggered => PendingNew,
        ReplaceRequested or ReplaceSettledUnfilled or ReplaceSettledPartlyFilled => Suspended,
    };

    private static OrderStatus NextOfFinal(OrderStatus final, OrderEvent orderEvent) => orderEvent switch
    {
        CompletingFill => Filled,
        Acknowledged or PartialFill or CancelRequested or CancelRefusedUnfilled or CancelRefusedPartlyFilled
            or CancelConfirmed or ExpiryConfirmed or Refused or OutcomeUnknown or ProvenAbsent or Triggered
            or ReplaceRequested or ReplaceSettledUnfilled or ReplaceSettledPartlyFilled => final,
    };
}
