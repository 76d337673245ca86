using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Positions;
using Oms.Engine.State;

namespace Oms.Engine.Execution;

/// <summary>
/// Books what exchanges say of orders: each trade once, whatever the way and the order in which it comes; a
/// final status only when the fills that it counts are booked.
/// </summary>
internal sealed class ExecutionBooking(
    EngineState state, Outbox outbox, OrderReports reports, ConnectorRequests requests)
{
    public void Apply(in OrderSeen seen)
    {
        if (!TryFind(seen.OrderId, seen.Header.AccountId, out int slot))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        bool stagesAreNew = Acknowledge(ref order, in seen);
        bool reported = seen.Status switch
        {
            ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled => Work(slot, seen.Source),
            ExchangeOrderStatus.Filled or ExchangeOrderStatus.Canceled or ExchangeOrderStatus.Expired
                or ExchangeOrderStatus.Rejected => End(slot, seen.Status),
        };
        if (stagesAreNew && !reported)
        {
            reports.Report(slot, ExecutionType.OrderStatus);
        }

        SendWantedCancel(slot);
    }

    public void Apply(in TradeSeen trade)
    {
        if (!TryFind(trade.OrderId, trade.Header.AccountId, out int slot))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        InstrumentState instrument = state.Instrument(order.InstrumentId);
        if (!IsBookable(in order, in trade, instrument))
        {
            state.TradesNotBookable++;
            return;
        }

        if (!state.Fills.TryAdd(in order, trade.TradeId))
        {
            return;
        }

        order.IsAcknowledged = true;
        order.ExchangeOrderId = trade.ExchangeOrderId;
        long notional = NotionalOf(in order, in trade, instrument);
        order.CumulativeQuantity += trade.Quantity;
        order.CumulativeNotional += notional;
        _ = reports.Advance(
            slot, order.LeavesQuantity <= 0 ? OrderEvent.CompletingFill : OrderEvent.PartialFill);
        state.Account(order.AccountId).FilledSinceRoundBegan = true;
        reports.ReportFill(slot, in trade);
        BookBalances(slot, in trade, instrument, notional);
        BookPosition(in order, in trade, instrument, notional);
        if (order.SeenFinalStatus != 0 && order.CumulativeQuantity >= order.SeenCumulativeQuantity)
        {
            _ = End(slot, order.SeenFinalStatus);
        }
    }

    public void Apply(in OrderRefused refused)
    {
        if (TryFind(refused.OrderId, refused.Header.AccountId, out int slot)
            && !state.Orders[slot].IsAcknowledged
            && reports.Advance(slot, OrderEvent.Refused))
        {
            ref OrderState order = ref state.Orders[slot];
            TakeStages(ref order, refused.Stamps);
            reports.ReportRejected(slot, refused.Reason, refused.ExchangeErrorCode);
            reports.AdjustReservation(slot, report: true);
        }
    }

    public void Apply(in OrderOutcomeUnknown unknown)
    {
        if (TryFind(unknown.OrderId, unknown.Header.AccountId, out int slot))
        {
            ref OrderState order = ref state.Orders[slot];
            if (!order.IsAcknowledged && reports.Advance(slot, OrderEvent.OutcomeUnknown))
            {
                reports.Report(slot, ExecutionType.Unknown);
            }

            if (!order.IsFinal)
            {
                requests.Resolve(in order, evidenceId: 0);
            }
        }
    }

    public void Apply(in OrderAbsent absent)
    {
        if (TryFind(absent.OrderId, absent.Header.AccountId, out int slot)
            && !state.Orders[slot].IsAcknowledged
            && reports.Advance(slot, OrderEvent.ProvenAbsent))
        {
            reports.ReportRejected(slot, RejectReason.NeverReachedExchange, exchangeErrorCode: 0);
            reports.AdjustReservation(slot, report: true);
        }
    }

    public void Apply(in CancelRefused refused)
    {
        if (!TryFind(refused.OrderId, refused.Header.AccountId, out int slot))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        if (order.IsFinal)
        {
            return;
        }

        bool restored = reports.Advance(slot, CancelRefusedEventOf(in order));
        outbox.Add(new CancelRejected
        {
            Header = outbox.Event<CancelRejected>(state.Account(order.AccountId)),
            OrderId = order.OrderId,
            ClientOrderId = order.ClientOrderId,
            Status = order.Status,
            Reserved = 0,
            Reason = refused.Reason,
            ExchangeErrorCode = refused.ExchangeErrorCode,
            InstrumentId = order.InstrumentId,
            CorrelationId = 0,
        });
        if (restored)
        {
            reports.Report(slot, ExecutionType.Restated);
        }

        requests.Resolve(in order, evidenceId: 0);
    }

    /// <summary>Sends a cancel that came before the exchange showed the order, now that it did.</summary>
    private void SendWantedCancel(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        if (!order.IsCancelWanted || order.IsFinal || order.SeenFinalStatus != 0)
        {
            return;
        }

        order.IsCancelWanted = false;
        if (reports.Advance(slot, OrderEvent.CancelRequested))
        {
            reports.Report(slot, ExecutionType.PendingCancel);
        }

        requests.Cancel(in order);
    }

    private static OrderEvent CancelRefusedEventOf(in OrderState order) =>
        order.CumulativeQuantity > 0
            ? OrderEvent.CancelRefusedPartlyFilled
            : OrderEvent.CancelRefusedUnfilled;

    /// <summary>
    /// Notes that the exchange has the order. True when the stages of its way are now known.
    /// </summary>
    private static bool Acknowledge(ref OrderState order, in OrderSeen seen)
    {
        order.IsAcknowledged = true;
        order.ExchangeOrderId = seen.ExchangeOrderId;
        order.SeenCumulativeQuantity = Math.Max(order.SeenCumulativeQuantity, seen.CumulativeQuantity);
        if (seen.Source != EvidenceSource.Reply || order.ReplyReceived != 0 || seen.Stamps.ReplyReceived == 0)
        {
            return false;
        }

        TakeStages(ref order, seen.Stamps);
        return true;
    }

    private static void TakeStages(ref OrderState order, in StageStamps stamps)
    {
        if (stamps.ReplyReceived == 0 || stamps.FastPathPolled == 0)
        {
            return;
        }

        order.ReplyReceived = stamps.ReplyReceived;
        order.Stages = new StageDurations
        {
            GatewayNanos = Between(stamps.GatewayReceived, stamps.GatewayOffered),
            RingNanos = Between(stamps.GatewayOffered, stamps.FastPathPolled),
            RiskNanos = Between(stamps.FastPathPolled, stamps.RiskDecided),
            ConnectorNanos = Between(stamps.RiskDecided, stamps.Sent),
            ExchangeNanos = Between(stamps.Sent, stamps.ReplyReceived),
        };
    }

    private static int Between(long start, long end) =>
        start <= 0 || end < start ? 0 : (int)Math.Min(end - start, int.MaxValue);

    /// <summary>The order works at the exchange. True when that was reported.</summary>
    private bool Work(int slot, EvidenceSource source)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.IsFinal)
        {
            return false;
        }

        // A query that still finds the order working, with no cancel under way any more, undoes a pending
        // cancel.
        bool undoesCancel = source == EvidenceSource.Query
            && order.Status == OrderStatus.PendingCancel
            && !order.IsCancelWanted;
        OrderEvent orderEvent = undoesCancel ? CancelRefusedEventOf(in order) : OrderEvent.Acknowledged;
        if (!reports.Advance(slot, orderEvent))
        {
            return false;
        }

        if (order.CumulativeQuantity > 0 && order.Status == OrderStatus.New)
        {
            _ = reports.Advance(slot, OrderEvent.PartialFill);
        }

        reports.Report(slot, undoesCancel ? ExecutionType.Restated : ExecutionType.New);
        return true;
    }

    /// <summary>The order ended at the exchange. True when that was reported.</summary>
    private bool End(int slot, ExchangeOrderStatus status)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.IsFinal)
        {
            return false;
        }

        if (order.CumulativeQuantity < order.SeenCumulativeQuantity || status == ExchangeOrderStatus.Filled)
        {
            // Fills are missing: the status waits for them.
            bool isAskedFor = order.SeenFinalStatus != 0;
            order.SeenFinalStatus = status;
            if (!isAskedFor)
            {
                requests.Resolve(in order, evidenceId: 0);
            }

            return false;
        }

        order.SeenFinalStatus = 0;
        bool isWorking = order.Status is OrderStatus.New or OrderStatus.PartiallyFilled;
        (OrderEvent orderEvent, ExecutionType type) = status switch
        {
            ExchangeOrderStatus.Canceled => (OrderEvent.CancelConfirmed, ExecutionType.Canceled),
            // An exchange that rejects what it worked has ended it: that is no refusal of the intent.
            ExchangeOrderStatus.Rejected when !isWorking => (OrderEvent.Refused, ExecutionType.Rejected),
            ExchangeOrderStatus.Expired or ExchangeOrderStatus.Rejected or ExchangeOrderStatus.New
                or ExchangeOrderStatus.PartiallyFilled or ExchangeOrderStatus.Filled =>
                (OrderEvent.ExpiryConfirmed, ExecutionType.Expired),
        };
        if (!reports.Advance(slot, orderEvent))
        {
            return false;
        }

        if (type == ExecutionType.Rejected)
        {
            reports.ReportRejected(slot, RejectReason.ExchangeRefused, exchangeErrorCode: 0);
        }
        else
        {
            reports.Report(slot, type);
        }

        reports.AdjustReservation(slot, report: true);
        return true;
    }

    private static long NotionalOf(in OrderState order, in TradeSeen trade, InstrumentState instrument) =>
        order.Side == Side.Buy
            ? instrument.NotionalRoundedUp(trade.Price, trade.Quantity)
            : instrument.NotionalRoundedDown(trade.Price, trade.Quantity);

    /// <summary>
    /// Whether the trade is of the order's instrument, and leaves every sum where 64 bits hold it: a report
    /// that cannot be true must not stop the engine, which would read it again at every start.
    /// </summary>
    private bool IsBookable(in OrderState order, in TradeSeen trade, InstrumentState instrument)
    {
        var assets = InstrumentAssets.Of(instrument.Definition);
        return trade.Price > 0
            && trade.Quantity > 0
            && trade.InstrumentId == order.InstrumentId
            && Amounts.CanBeAdded(trade.Quantity, order.CumulativeQuantity)
            && Amounts.CanBeAdded(
                trade.Fee,
                state.Ledger.TotalOf(order.AccountId, assets.Wallet, trade.FeeAssetId))
            && Amounts.CanBeAdded(
                instrument.BaseAmountOf(trade.Quantity),
                state.Ledger.TotalOf(order.AccountId, assets.Wallet, assets.Base))
            && Amounts.CanBeAdded(
                NotionalOf(in order, in trade, instrument),
                state.Ledger.TotalOf(order.AccountId, assets.Wallet, assets.Quote))
            && Amounts.CanBeAdded(instrument.ValueOfBase(trade.Price, trade.Fee), order.CumulativeNotional)
            && state.Positions.Row(order.AccountId, order.InstrumentId).CanTrade;
    }

    private void BookBalances(int slot, in TradeSeen trade, InstrumentState instrument, long notional)
    {
        ref OrderState order = ref state.Orders[slot];
        var assets = InstrumentAssets.Of(instrument.Definition);
        BalanceRow baseRow = state.Ledger.Row(order.AccountId, assets.Wallet, assets.Base);
        BalanceRow quoteRow = state.Ledger.Row(order.AccountId, assets.Wallet, assets.Quote);
        long baseAmount = instrument.BaseAmountOf(trade.Quantity);
        int sign = order.Side == Side.Buy ? 1 : -1;
        baseRow.Total += sign * baseAmount;
        quoteRow.Total -= sign * notional;
        reports.AdjustReservation(slot, report: false);
        BalanceRow? feeRow = trade.Fee == 0 || !state.IsDefined(trade.FeeAssetId)
            ? null
            : state.Ledger.Row(order.AccountId, assets.Wallet, trade.FeeAssetId);
        if (feeRow is not null)
        {
            feeRow.Total -= trade.Fee;
        }

        reports.ReportBalance(baseRow, BalanceChange.Filled, order.OrderId);
        reports.ReportBalance(quoteRow, BalanceChange.Filled, order.OrderId);
        if (feeRow is not null && feeRow != baseRow && feeRow != quoteRow)
        {
            reports.ReportBalance(feeRow, BalanceChange.Filled, order.OrderId);
        }
    }

    private void BookPosition(
        in OrderState order, in TradeSeen trade, InstrumentState instrument, long notional)
    {
        var assets = InstrumentAssets.Of(instrument.Definition);
        Position position = state.Positions.Row(order.AccountId, order.InstrumentId);
        int sign = order.Side == Side.Buy ? 1 : -1;
        position.Trade(sign * instrument.BaseAmountOf(trade.Quantity), sign * notional);
        if (trade.FeeAssetId == assets.Base)
        {
            position.PayBaseFee(trade.Fee, instrument.ValueOfBase(trade.Price, trade.Fee));
        }
        else if (trade.FeeAssetId == assets.Quote)
        {
            position.PayQuoteFee(trade.Fee);
        }

        outbox.Add(new PositionChanged
        {
            Header = outbox.Event<PositionChanged>(state.Account(order.AccountId)),
            InstrumentId = order.InstrumentId,
            Reserved = 0,
            Quantity = position.Quantity,
            OpenNotional = position.OpenNotional,
            RealizedPnl = position.RealizedPnl,
            QuoteFees = position.QuoteFees,
            BaseFees = position.BaseFees,
        });
    }

    private bool TryFind(OrderId id, AccountId account, out int slot)
    {
        if (state.Orders.TryFind(id, out slot) && state.Orders[slot].AccountId == account)
        {
            return true;
        }

        state.ReportsOfUnknownOrders++;
        return false;
    }
}
