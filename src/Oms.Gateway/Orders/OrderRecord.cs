using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Gateway.Orders;

/// <summary>An order as its last execution report left it.</summary>
internal sealed record OrderRecord
{
    public required AccountId AccountId { get; init; }

    public required OrderId OrderId { get; init; }

    public required ClientOrderId ClientOrderId { get; init; }

    public required InstrumentId InstrumentId { get; init; }

    public required OrderTerms Terms { get; init; }

    public required OrderStatus Status { get; init; }

    public required RejectReason RejectReason { get; init; }

    public required long CumulativeQuantity { get; init; }

    public required long CumulativeNotional { get; init; }

    public required long ExchangeOrderId { get; init; }

    /// <summary>Null until the exchange answered.</summary>
    public required StageDurations? Stages { get; init; }

    /// <summary>
    /// From the exchange's first answer to this process; 0 when it was not here to measure.
    /// </summary>
    public required long BackNanos { get; init; }

    public required long CreatedUnixNanos { get; init; }

    public required long UpdatedUnixNanos { get; init; }

    public bool IsFinal => OrderLifecycle.IsFinal(Status);

    /// <summary>The order after a report.</summary>
    /// <param name="before">The order before it; null when this is its first report.</param>
    /// <param name="backNanos">How old the exchange's first answer is now; 0 when that says nothing.</param>
    public static OrderRecord After(in ExecutionReport report, OrderRecord? before, long backNanos) => new()
    {
        AccountId = report.Header.AccountId,
        OrderId = report.OrderId,
        ClientOrderId = report.ClientOrderId,
        InstrumentId = report.InstrumentId,
        Terms = report.Terms,
        Status = report.Status,
        RejectReason = report.RejectReason == RejectReason.None && report.Status == OrderStatus.Rejected
            ? before?.RejectReason ?? RejectReason.None
            : report.RejectReason,
        CumulativeQuantity = report.CumulativeQuantity,
        CumulativeNotional = report.CumulativeNotional,
        ExchangeOrderId = report.ExchangeOrderId,
        Stages = before?.Stages ?? (report.ReplyReceived != 0 ? report.Stages : null),
        BackNanos = before?.Stages is not null ? before.BackNanos : backNanos,
        CreatedUnixNanos = before?.CreatedUnixNanos ?? report.Header.UnixNanos,
        UpdatedUnixNanos = report.Header.UnixNanos,
    };
}
