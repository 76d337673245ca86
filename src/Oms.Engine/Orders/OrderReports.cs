using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Moves orders through their life and writes what happened: the only place that changes an order's status,
/// and it does so by <see cref="OrderLifecycle"/>.
/// </summary>
internal sealed class OrderReports(EngineState state, Outbox outbox)
{
    /// <summary>Applies an event of the order's life. True when its status changed.</summary>
    public bool Advance(int slot, OrderEvent orderEvent)
    {
        ref OrderState order = ref state.Orders[slot];
        bool wasFinal = order.IsFinal;
        OrderStatus next = OrderLifecycle.Next(order.Status, orderEvent);
        bool changed = next != order.Status;
        order.Status = next;
        if (changed && order.Has(OrderMarks.Watched))
        {
            state.Instrument(order.InstrumentId).Watch.Remove(state.Orders, slot);
        }

        if (changed && !wasFinal && order.IsFinal)
        {
            Finish(slot);
        }

        return changed;
    }

    /// <summary>Reports the state of an order and why it is reported.</summary>
    public void Report(
        int slot, ExecutionType type, long correlationId = 0, RejectReason reason = RejectReason.None) =>
        _ = Write(in state.Orders[slot], type, correlationId, reason);

    /// <summary>Reports that an order ended without being wholly filled, by refusal.</summary>
    /// <param name="stamps">All zeros where they were told before, or are not known.</param>
    public void ReportRejected(
        int slot,
        RejectReason reason,
        int exchangeErrorCode,
        in StageStamps stamps,
        long correlationId = 0)
    {
        ref OrderState order = ref state.Orders[slot];
        bool areStagesNew = stamps is { ReplyReceived: not 0, FastPathPolled: not 0 };
        ref ExecutionReport report = ref Write(in order, ExecutionType.Rejected, correlationId, reason);
        report = report with
        {
            ExchangeErrorCode = exchangeErrorCode,
            ReplyReceived = areStagesNew ? stamps.ReplyReceived : 0,
            Stages = areStagesNew ? StagesOf(in stamps) : default,
        };
        if (order.Contingency != Contingency.None && order.Terms.IsConditional)
        {
            state.Agenda.Add(Consequence.Unprotected, order.OrderId.Value);
        }
    }

    /// <summary>Reports how long an order took to its first answer.</summary>
    public void ReportStages(int slot, ExecutionType type, in StageStamps stamps)
    {
        state.Orders[slot].Set(OrderMarks.StagesTold);
        ref ExecutionReport report = ref Write(in state.Orders[slot], type);
        report = report with { ReplyReceived = stamps.ReplyReceived, Stages = StagesOf(in stamps) };
    }

    /// <summary>Reports what an order filled, and with what it now stands.</summary>
    public void ReportFill(int slot, in TradeSeen trade)
    {
        ref ExecutionReport report = ref Write(in state.Orders[slot], ExecutionType.Trade);
        report = report with
        {
            IsMaker = trade.IsMaker,
            LastPrice = trade.Price,
            LastQuantity = trade.Quantity,
            Fee = trade.Fee,
            FeeAssetId = trade.FeeAssetId,
            TradeId = trade.TradeId,
            ExchangeUnixNanos = trade.ExchangeUnixNanos,
        };
    }

    /// <summary>Reports a command that is no order: nothing of it is held.</summary>
    public void ReportRefused(
        AccountId account,
        in ClientOrderId clientOrderId,
        InstrumentId instrument,
        in OrderTerms terms,
        RejectReason reason,
        long correlationId,
        OrderOrigin origin = OrderOrigin.Client)
    {
        var refused = new OrderState
        {
            OrderId = state.HasNumbersFor(1) ? state.NextOrderId() : OrderId.None,
            Origin = origin,
            AccountId = account,
            InstrumentId = instrument,
            ClientOrderId = clientOrderId,
            Terms = terms,
            Status = OrderStatus.Rejected,
        };
        _ = Write(in refused, ExecutionType.Rejected, correlationId, reason);
    }

    /// <summary>Reports that a cancel or a change was refused.</summary>
    /// <param name="order">All zeros when there is none.</param>
    public void ReportCancelRejected(
        AccountId account, in OrderState order, RejectReason reason, int exchangeErrorCode, long correlationId) =>
        outbox.Add(new CancelRejected
        {
            Header = HeaderOf<CancelRejected>(account),
            OrderId = order.OrderId,
            ClientOrderId = order.ClientOrderId,
            Status = order.Status,
            Reason = reason,
            ExchangeErrorCode = exchangeErrorCode,
            InstrumentId = order.InstrumentId,
            CorrelationId = correlationId,
        });

    /// <summary>Reports the holdings of a row.</summary>
    public void ReportBalance(BalanceRow row, BalanceChange change, OrderId order) =>
        outbox.Add(LiveRows.Of(row) with
        {
            Header = outbox.Event<BalanceChanged>(row.Account),
            Change = change,
            OrderId = order,
        });

    public void ReportPosition(Holding holding, Position position)
    {
        state.Holdings.Touch(position);
        outbox.Add(LiveRows.Of(position) with { Header = outbox.Event<PositionChanged>(holding.Account) });
    }

    /// <summary>What an order that ended leaves behind: nothing is waited for any more.</summary>
    private void Finish(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        state.Account(order.AccountId).Live.Remove(state.Orders, slot);
        state.Orders.MarkFinal(slot);
        state.Expiries.Remove(slot);
        order.Clear(OrderMarks.Replacing | OrderMarks.CancelWanted);
        (order.AskedPrice, order.AskedQuantity) = (0, 0);
        if (order.Contingency != Contingency.None)
        {
            state.Agenda.Add(Consequence.Ended, order.OrderId.Value);
        }

        if (order.Has(OrderMarks.MustEnd))
        {
            state.Agenda.Add(Consequence.MadeWay, order.OrderId.Value);
        }
    }

    private static StageDurations StagesOf(in StageStamps stamps) => new()
    {
        GatewayNanos = Between(stamps.GatewayReceived, stamps.GatewayOffered),
        RingNanos = Between(stamps.GatewayOffered, stamps.FastPathPolled),
        RiskNanos = Between(stamps.FastPathPolled, stamps.RiskDecided),
        ConnectorNanos = Between(stamps.RiskDecided, stamps.Sent),
        ExchangeNanos = Between(stamps.Sent, stamps.ReplyReceived),
    };

    private static int Between(long start, long end) =>
        start <= 0 || end < start ? 0 : (int)Math.Min(end - start, int.MaxValue);

    private MessageHeader HeaderOf<TMessage>(AccountId id)
        where TMessage : unmanaged, IMessage => state.FindAccount(id) is { } account
            ? outbox.Event<TMessage>(account)
            : outbox.Event<TMessage>(id);

    /// <summary>Writes the report of an order into the outbox, and returns it for what else there is to say.
    /// </summary>
    private ref ExecutionReport Write(
        in OrderState order,
        ExecutionType type,
        long correlationId = 0,
        RejectReason reason = RejectReason.None)
    {
        MessageHeader header = HeaderOf<ExecutionReport>(order.AccountId);
        ref ExecutionReport report = ref outbox.Next<ExecutionReport>();
        report = new ExecutionReport
        {
            Header = header,
            OrderId = order.OrderId,
            ClientOrderId = order.ClientOrderId,
            InstrumentId = order.InstrumentId,
            Terms = order.Terms,
            Status = order.Status,
            ExecutionType = type,
            IsMaker = 0,
            Origin = order.Origin,
            RejectReason = reason,
            CumulativeQuantity = order.CumulativeQuantity,
            CumulativeNotional = order.CumulativeNotional,
            LastPrice = 0,
            LastQuantity = 0,
            Fee = 0,
            FeeAssetId = AssetId.None,
            ExchangeErrorCode = 0,
            TradeId = 0,
            ExchangeOrderId = order.ExchangeOrderId,
            CorrelationId = correlationId,
            ExchangeUnixNanos = 0,
            ReplyReceived = 0,
            Stages = default,
        };
        return ref report;
    }
}
