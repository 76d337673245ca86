using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Keeps orders that reduce a futures position within what there is to reduce, after it shrank or turned: the
/// oldest that fit stay as they are. Of the others, what may only reduce is canceled; the rest needs margin
/// from now on, like any order, and is canceled where there is none or a limit is in its way.
/// </summary>
internal sealed class Reductions(
    EngineState state, LimitLadder limits, Reservations reservations, Cancellation cancellation)
{
    public void Trim(Holding holding)
    {
        for (PositionSide side = PositionSide.Both; side <= PositionSide.Short; side++)
        {
            Trim(holding, side);
        }
    }

    private void Trim(Holding holding, PositionSide side)
    {
        long quantity = holding.QuantityOf(side);
        long left = Math.Abs(quantity);
        int next;
        for (int slot = holding.Account.Live.First; slot != LiveOrders.None; slot = next)
        {
            ref OrderState order = ref state.Orders[slot];
            next = order.NextLive;
            if (!IsReducing(in order, holding, side))
            {
                continue;
            }

            bool isAgainst = order.Terms.IsBuy ? quantity < 0 : quantity > 0;
            if (isAgainst && order.OpenAmount <= left)
            {
                left -= order.OpenAmount;
            }
            else
            {
                StopReducing(slot, holding);
            }
        }
    }

    /// <summary>Those that are being canceled are gone, as far as others are concerned.</summary>
    private static bool IsReducing(in OrderState order, Holding holding, PositionSide side) =>
        order.InstrumentId == holding.Instrument.Id
        && order.Terms.PositionSide == side
        && order.Has(OrderMarks.Closing | OrderMarks.Reducing)
        && order.OpenAmount > 0
        && order.Status != OrderStatus.PendingCancel
        && !order.Has(OrderMarks.CancelWanted);

    private void StopReducing(int slot, Holding holding)
    {
        bool isClosing = state.Orders[slot].Has(OrderMarks.Closing);
        if (!isClosing)
        {
            reservations.SetReducing(slot, holding, isReducing: false);
        }

        bool mayStay = !isClosing
            && holding.QuoteRow.Free >= 0
            && limits.CheckPosition(holding) == RejectReason.None;
        if (!mayStay)
        {
            cancellation.EndForGood(slot);
        }
    }
}
