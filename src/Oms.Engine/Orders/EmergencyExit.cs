using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Closes at the market what must not stay open: what a stop was to protect that could not be placed, and what
/// two legs filled together beyond their one quantity. No limit stops it; it closes no more than there is; and
/// where even that is refused, a report says so.
/// </summary>
internal sealed class EmergencyExit(
    EngineState state, RiskLadder risk, OrderEntry entry, OrderDispatch dispatch, OrderReports reports)
{
    /// <summary>A leg that was to stop a loss was refused: the market closes it instead.</summary>
    public void CloseInstead(OrderId id)
    {
        if (state.Orders.TryFind(id, out int slot))
        {
            Close(slot);
        }
    }

    /// <summary>A leg that was to stop a loss found nobody to trade with: it is tried once more.</summary>
    public void CloseWhatExpired(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.Terms.IsConditional && order.Terms.IsAtMarket && order.LeavesQuantity > 0)
        {
            Close(slot);
        }
    }

    /// <summary>Two legs filled more than their one quantity: the market takes the rest back.</summary>
    public void TakeBack(int slot, long quantity)
    {
        ref OrderState order = ref state.Orders[slot];
        OrderTerms terms = At(order.Terms.IsBuy ? Side.Sell : Side.Buy, order.Terms.PositionSide, quantity);
        Place(state.HoldingOf(in order), in terms, IdOf('b', in order));
    }

    private static OrderTerms At(Side side, PositionSide positionSide, long quantity) => new()
    {
        Side = side,
        Type = OrderType.Market,
        TimeInForce = TimeInForce.ImmediateOrCancel,
        PositionSide = positionSide,
        Quantity = quantity,
    };

    /// <summary>Within the length of a client order id: two numbers of at most 16 digits.</summary>
    private static string IdOf(char what, in OrderState order) =>
        $"{what}-{order.OrderId.Value:x}-{order.CumulativeQuantity:x}";

    private void Close(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        long quantity = Math.Min(order.LeavesQuantity, holding.Instrument.LotsIn(OpenOf(holding, in order)));
        OrderTerms terms = At(order.Terms.Side, order.Terms.PositionSide, quantity);
        bool isReduceOnly = holding.Instrument.IsFutures && terms.PositionSide == PositionSide.Both;
        Place(
            holding,
            terms with { Flags = isReduceOnly ? OrderFlags.ReduceOnly : OrderFlags.None },
            IdOf('e', in order));
    }

    /// <summary>
    /// What an order leaves open that it was to close, as an amount of the base asset: nothing where it was to
    /// open something. Of spot a sale closes what is free, and a buy what its first order sold.
    /// </summary>
    private static long OpenOf(Holding holding, in OrderState order)
    {
        if (!holding.Instrument.IsFutures)
        {
            long bought = order.Has(OrderMarks.Child) ? long.MaxValue : 0;
            return order.Terms.IsBuy ? bought : Math.Max(0, holding.BaseRow.Free);
        }

        long quantity = holding.QuantityOf(order.Terms.PositionSide);
        return Math.Max(0, order.Terms.IsBuy ? -quantity : quantity);
    }

    private void Place(Holding holding, in OrderTerms terms, string clientOrderId)
    {
        AccountId account = holding.Account.Id;
        if (!ClientOrderId.TryParse(clientOrderId, out ClientOrderId id)
            || state.Orders.TryFind(account, in id, out _)
            || terms.Quantity <= 0)
        {
            return;
        }

        RejectReason reason = risk.CheckExit(holding, in terms, out long reservePrice);
        if (reason != RejectReason.None)
        {
            reports.ReportRefused(
                account, in id, holding.Instrument.Id, in terms, reason, correlationId: 0, OrderOrigin.Emergency);
            return;
        }

        // While the gate is shut it waits: its turn comes when the account may send again.
        bool isOpen =
            EngineState.IsOpenFor(holding.Account, holding.Instrument, RiskLadder.IsClosing(in terms));
        int slot = entry.Add(
            holding,
            in id,
            in terms,
            reservePrice,
            isReducing: true,
            isOpen ? OrderMarks.None : OrderMarks.Released,
            OrderOrigin.Emergency);
        dispatch.Start(slot, holding, default, correlationId: 0);
    }
}
