using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>Takes orders and cancels from clients. Each command is answered by exactly one event.</summary>
internal sealed class OrderEntry(
    EngineState state, Outbox outbox, OrderReports reports, ConnectorRequests requests)
{
    public void Place(in PlaceOrder command)
    {
        AccountId accountId = command.Header.AccountId;
        if (state.Orders.TryFind(accountId, command.ClientOrderId, out int known))
        {
            AnswerKnown(known, in command);
            return;
        }

        RejectReason reason = RiskEngine.Check(state, in command, outbox.Now, out long reservePrice);
        if (reason != RejectReason.None)
        {
            Reject(in command, reason);
            return;
        }

        AccountState account = state.Account(accountId);
        account.LiveOrders++;
        int slot = state.Orders.Add(NewOrder(in command, reservePrice));
        reports.AdjustReservation(slot, report: false);
        reports.Report(slot, ExecutionType.PendingNew, command.CorrelationId);
        ref OrderState order = ref state.Orders[slot];
        reports.ReportBalance(reports.ReservedRow(in order), BalanceChange.Reserved, order.OrderId);
        requests.Submit(in order, command.Stamps);
    }

    public void Cancel(in CancelOrder command)
    {
        if (!TryFind(in command, out int slot))
        {
            var none = default(OrderState);
            RejectCancel(in command, in none, RejectReason.OrderUnknown);
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        if (order.IsFinal)
        {
            RejectCancel(in command, in order, RejectReason.OrderAlreadyFinal);
            return;
        }

        bool isRepeated = order.Status == OrderStatus.PendingCancel || order.IsCancelWanted;
        _ = reports.Advance(slot, OrderEvent.CancelRequested);
        reports.Report(slot, ExecutionType.PendingCancel, command.CorrelationId);
        if (isRepeated)
        {
            return;
        }

        if (order.IsAcknowledged)
        {
            requests.Cancel(in order);
        }
        else
        {
            order.IsCancelWanted = true;
        }
    }

    private bool TryFind(in CancelOrder command, out int slot) =>
        (command.OrderId.IsNone
            ? state.Orders.TryFind(command.Header.AccountId, command.ClientOrderId, out slot)
            : state.Orders.TryFind(command.OrderId, out slot))
        && state.Orders[slot].AccountId == command.Header.AccountId;

    /// <summary>
    /// The same order again is answered with its state; another one under the same id is refused.
    /// </summary>
    private void AnswerKnown(int slot, in PlaceOrder command)
    {
        ref OrderState order = ref state.Orders[slot];
        bool isSame = order.InstrumentId == command.InstrumentId
            && order.Side == command.Side
            && order.Type == command.Type
            && order.TimeInForce == command.TimeInForce
            && order.Price == command.Price
            && order.Quantity == command.Quantity;
        if (isSame)
        {
            reports.Report(slot, ExecutionType.OrderStatus, command.CorrelationId);
        }
        else
        {
            Reject(in command, RejectReason.DuplicateClientOrderId);
        }
    }

    private OrderState NewOrder(in PlaceOrder command, long reservePrice) => new()
    {
        OrderId = NextOrderId(),
        AccountId = command.Header.AccountId,
        InstrumentId = command.InstrumentId,
        ClientOrderId = command.ClientOrderId,
        Side = command.Side,
        Type = command.Type,
        TimeInForce = command.TimeInForce,
        Status = OrderStatus.PendingNew,
        Price = command.Price,
        Quantity = command.Quantity,
        IntentUnixNanos = outbox.Now,
        ReservePrice = reservePrice,
    };

    private OrderId NextOrderId() => OrderId.Of(state.Shard, state.Epoch, ++state.OrderNumber);

    private void Reject(in PlaceOrder command, RejectReason reason) => outbox.Add(new ExecutionReport
    {
        Header = state.FindAccount(command.Header.AccountId) is { } account
            ? outbox.Event<ExecutionReport>(account)
            : outbox.Event<ExecutionReport>(command.Header.AccountId),
        OrderId = NextOrderId(),
        ClientOrderId = command.ClientOrderId,
        InstrumentId = command.InstrumentId,
        Side = command.Side,
        Type = command.Type,
        TimeInForce = command.TimeInForce,
        Status = OrderStatus.Rejected,
        ExecutionType = ExecutionType.Rejected,
        IsMaker = 0,
        RejectReason = reason,
        Price = command.Price,
        Quantity = command.Quantity,
        CumulativeQuantity = 0,
        CumulativeNotional = 0,
        LastPrice = 0,
        LastQuantity = 0,
        Fee = 0,
        FeeAssetId = AssetId.None,
        ExchangeErrorCode = 0,
        TradeId = 0,
        ExecutionId = 0,
        ExchangeOrderId = 0,
        CorrelationId = command.CorrelationId,
        ExchangeUnixNanos = 0,
        Stages = default,
        ReplyReceived = 0,
    });

    /// <param name="order">All zeros when there is none.</param>
    private void RejectCancel(in CancelOrder command, in OrderState order, RejectReason reason) =>
        outbox.Add(new CancelRejected
        {
            Header = state.FindAccount(command.Header.AccountId) is { } account
                ? outbox.Event<CancelRejected>(account)
                : outbox.Event<CancelRejected>(command.Header.AccountId),
            OrderId = command.OrderId,
            ClientOrderId = command.ClientOrderId,
            Status = order.Status,
            Reserved = 0,
            Reason = reason,
            ExchangeErrorCode = 0,
            InstrumentId = order.InstrumentId,
            CorrelationId = command.CorrelationId,
        });
}
