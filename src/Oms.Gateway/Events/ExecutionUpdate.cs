using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Orders;

namespace Oms.Gateway.Events;

/// <summary>An event about an order, with the order after it.</summary>
/// <param name="Type">Null for a refused cancel.</param>
/// <param name="Order">Null when a cancel named an order that is not known.</param>
internal sealed record ExecutionUpdate(
    AccountId AccountId,
    long AccountSequence,
    long LogSequence,
    long UnixNanos,
    ExecutionType? Type,
    OrderRecord? Order,
    FillRecord? Fill,
    RejectReason CancelRejectReason)
{
    public static ExecutionUpdate Of(in ExecutionReport report, OrderRecord order) => new(
        report.Header.AccountId,
        report.Header.AccountSequence,
        report.Header.LogSequence,
        report.Header.UnixNanos,
        report.ExecutionType,
        order,
        FillRecord.Of(in report),
        RejectReason.None);

    public static ExecutionUpdate Of(in CancelRejected report, OrderRecord? order) => new(
        report.Header.AccountId,
        report.Header.AccountSequence,
        report.Header.LogSequence,
        report.Header.UnixNanos,
        null,
        order,
        null,
        report.Reason);

    /// <summary>The order that a refused cancel named; null when it is not known.</summary>
    public static OrderRecord? OrderNamed(in CancelRejected report, OrderView orders)
    {
        OrderRecord? order = report.OrderId.IsNone
            ? orders.Find(report.Header.AccountId, report.ClientOrderId)
            : orders.Find(report.OrderId);
        return order?.AccountId == report.Header.AccountId ? order : null;
    }
}
