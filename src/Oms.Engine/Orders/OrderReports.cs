using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
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
        if (order.IsFinal && !wasFinal)
        {
            state.Account(order.AccountId).LiveOrders--;
            state.Orders.MarkFinal(slot);
        }

        return changed;
    }

    /// <summary>Reports the state of an order and why it is reported.</summary>
    public void Report(int slot, ExecutionType type, long correlationId = 0) =>
        outbox.Add(ReportOf(in state.Orders[slot], type, correlationId));

    /// <summary>Reports that an order ended without being wholly filled, by refusal.</summary>
    public void ReportRejected(int slot, RejectReason reason, int exchangeErrorCode) =>
        outbox.Add(ReportOf(in state.Orders[slot], ExecutionType.Rejected, 0) with
        {
            RejectReason = reason,
            ExchangeErrorCode = exchangeErrorCode,
        });

    public void ReportFill(int slot, in TradeSeen trade)
    {
        ExecutionReport report = ReportOf(in state.Orders[slot], ExecutionType.Trade, 0);
        outbox.Add(report with
        {
            IsMaker = trade.IsMaker,
            LastPrice = trade.Price,
            LastQuantity = trade.Quantity,
            Fee = trade.Fee,
            FeeAssetId = trade.FeeAssetId,
            TradeId = trade.TradeId,
            ExecutionId = report.Header.AccountSequence,
            ExchangeUnixNanos = trade.ExchangeUnixNanos,
        });
    }

    /// <summary>Reports the holdings of a row.</summary>
    public void ReportBalance(BalanceRow row, BalanceChange change, OrderId order)
    {
        AccountState account = state.Account(row.Account);
        outbox.Add(new BalanceChanged
        {
            Header = outbox.Event<BalanceChanged>(account),
            AssetId = row.Asset,
            Wallet = row.Wallet,
            Change = change,
            Reserved = 0,
            Free = row.Free,
            ReservedAmount = row.Reserved,
            InTransit = 0,
            OrderId = order,
        });
    }

    /// <summary>The row that an order reserves: quote for a buy, base for a sell.</summary>
    public BalanceRow ReservedRow(in OrderState order)
    {
        InstrumentAssets assets = InstrumentAssets.Of(state.Instrument(order.InstrumentId).Definition);
        return state.Ledger.Row(
            order.AccountId, assets.Wallet, order.Side == Side.Buy ? assets.Quote : assets.Base);
    }

    /// <summary>
    /// Sets what an order reserves to what its open quantity needs; all of it when it is final.
    /// </summary>
    public void AdjustReservation(int slot, bool report)
    {
        ref OrderState order = ref state.Orders[slot];
        long needed = order.IsFinal || order.LeavesQuantity <= 0
            ? 0
            : Needed(in order, state.Instrument(order.InstrumentId));
        if (needed == order.ReservedAmount)
        {
            return;
        }

        BalanceRow row = ReservedRow(in order);
        row.Reserved += needed - order.ReservedAmount;
        Domain.Invariant.Holds(row.Reserved >= 0);
        BalanceChange change =
            needed > order.ReservedAmount ? BalanceChange.Reserved : BalanceChange.Released;
        order.ReservedAmount = needed;
        if (report)
        {
            ReportBalance(row, change, order.OrderId);
        }
    }

    private static long Needed(in OrderState order, InstrumentState instrument) =>
        order.Side == Side.Buy
            ? instrument.NotionalRoundedUp(order.ReservePrice, order.LeavesQuantity)
            : instrument.BaseAmountOf(order.LeavesQuantity);

    private ExecutionReport ReportOf(in OrderState order, ExecutionType type, long correlationId) => new()
    {
        Header = outbox.Event<ExecutionReport>(state.Account(order.AccountId)),
        OrderId = order.OrderId,
        ClientOrderId = order.ClientOrderId,
        InstrumentId = order.InstrumentId,
        Side = order.Side,
        Type = order.Type,
        TimeInForce = order.TimeInForce,
        Status = order.Status,
        ExecutionType = type,
        IsMaker = 0,
        RejectReason = RejectReason.None,
        Price = order.Price,
        Quantity = order.Quantity,
        CumulativeQuantity = order.CumulativeQuantity,
        CumulativeNotional = order.CumulativeNotional,
        LastPrice = 0,
        LastQuantity = 0,
        Fee = 0,
        FeeAssetId = AssetId.None,
        ExchangeErrorCode = 0,
        TradeId = 0,
        ExecutionId = 0,
        ExchangeOrderId = order.ExchangeOrderId,
        CorrelationId = correlationId,
        ExchangeUnixNanos = 0,
        Stages = order.Stages,
        ReplyReceived = order.ReplyReceived,
    };
}
