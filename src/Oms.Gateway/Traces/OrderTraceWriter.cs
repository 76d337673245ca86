using System.Diagnostics;
using Oms.Domain.Messages;
using Oms.Gateway.Api;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Traces;

/// <summary>
/// Makes spans of what reports say of the way of their orders:
/// <code>
///  PlaceOrder                                          the call
///  └ order ├─ gateway ─┼─ ring ─┼─ risk ─┼─ connector ─┼─ exchange ─┼─ back ─┤
/// </code>
/// Each stage begins where the one before ended. A stage that was not measured, or not come to, is left out.
/// </summary>
internal sealed class OrderTraceWriter(OrderTraces traces, ListingNames names) : BackgroundService
{
    private const long NanosPerTick = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (OrderTrace trace in traces.Ready.ReadAllAsync(stoppingToken))
        {
            Write(trace);
        }
    }

    private void Write(OrderTrace trace)
    {
        ExecutionReport report = trace.Report;
        StageDurations stages = report.Stages;
        long back = report.ReplyReceived == 0 ? 0 : Math.Max(trace.SeenTimestamp - report.ReplyReceived, 0);
        (string Name, long Nanos, ActivityKind Kind)[] parts =
        [
            ("gateway", stages.GatewayNanos, ActivityKind.Internal),
            ("ring", stages.RingNanos, ActivityKind.Internal),
            ("risk", stages.RiskNanos, ActivityKind.Internal),
            ("connector", stages.ConnectorNanos, ActivityKind.Internal),
            ("exchange", stages.ExchangeNanos, ActivityKind.Client),
            ("back", back, ActivityKind.Internal),
        ];
        DateTime end = trace.SeenTime.UtcDateTime;
        DateTime start = end.AddTicks(-parts.Sum(part => part.Nanos) / NanosPerTick);
        if (CallTraces.Source.StartActivity("order", ActivityKind.Internal, trace.Parent, startTime: start)
            is not { } order)
        {
            return;
        }

        Describe(order, in report);
        long passed = 0;
        foreach ((string name, long nanos, ActivityKind kind) in parts.Where(part => part.Nanos > 0))
        {
            Activity? stage = CallTraces.Source.StartActivity(
                name, kind, order.Context, startTime: start.AddTicks(passed / NanosPerTick));
            passed += nanos;
            End(stage, start.AddTicks(passed / NanosPerTick));
        }

        End(order, end);
    }

    private void Describe(Activity order, in ExecutionReport report)
    {
        _ = order
            .SetTag("oms.account", names.FindAccount(report.Header.AccountId)?.Name)
            .SetTag("oms.order_id", report.OrderId.ToString())
            .SetTag("oms.client_order_id", report.ClientOrderId.ToString())
            .SetTag("oms.status", report.Status.ToString());
        if (names.FindInstrument(report.InstrumentId) is { } instrument)
        {
            _ = order.SetTag("oms.exchange", instrument.Exchange).SetTag("oms.symbol", instrument.Symbol);
        }

        if (report.RejectReason != Domain.Orders.RejectReason.None)
        {
            _ = order.SetStatus(ActivityStatusCode.Error, ReasonText.Of(report.RejectReason));
        }
    }

    private static void End(Activity? span, DateTime end)
    {
        _ = span?.SetEndTime(end);
        span?.Stop();
    }
}
