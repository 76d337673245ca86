using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Crossing;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Matching;

namespace Oms.Engine.Orders;

/// <summary>
/// Closes at the market what must not stay open: what a stop was to protect that could not be placed, and what
/// two legs filled together beyond their one quantity. No limit stops it; it closes no more than there is; orders of
/// the same owner that it would meet end before it; and where even that is refused, a report says so.
/// </summary>
internal sealed class EmergencyExit(
    EngineState state, RiskLadder risk, OrderEntry entry, OrderDispatch dispatch, OrderReports reports,
    Cancellation cancellation)
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

    /// <summary>
    /// Ends what an exit would meet of its owner at the exchange; true while some of it may still trade there. What is
    /// matched here ends as the exit arrives.
    /// </summary>
    public bool IsInTheWay(Holding holding, in OrderTerms terms)
    {
        bool isInTheWay = false;
        if (Matcher.TryGetOwn(holding, out OrderBook? own))
        {
            foreach (RestingOrder met in Matcher.OwnMetBy(own, holding, in terms))
            {
                isInTheWay = true;
                cancellation.EndForGood((int)met.OrderId);
            }
        }

        return isInTheWay;
    }

    /// <summary>An order that had to end has: exits of its owner may have waited for it.</summary>
    public void LookAgain(OrderId id)
    {
        if (!state.Orders.TryFind(id, out int ended))
        {
            return;
        }

        GroupState? group = state.Account(state.Orders[ended].AccountId).Group;
        foreach (Holding holding in state.Instrument(state.Orders[ended].InstrumentId).Holders)
        {
            if (group is null || holding.Account.Group != group)
            {
                continue;
            }

            ref readonly LiveOrders live = ref holding.Account.Live;
            for (int slot = live.First; slot != LiveOrders.None; slot = state.Orders[slot].NextLive)
            {
                ref readonly OrderState order = ref state.Orders[slot];
                if (order.IsHeld
                    && order.Origin == OrderOrigin.Emergency
                    && order.InstrumentId == holding.Instrument.Id)
                {
                    state.Agenda.Add(Consequence.Fired, order.OrderId.Value);
                }
            }
        }
    }

    private static OrderTerms At(Side side, PositionSide positionSide, long quantity) => new()
    {
        Side = side,
        Type = OrderType.Market,
        TimeInForce = TimeInForce.ImmediateOrCancel,
        PositionSide = positionSide,
        SelfTradePrevention = SelfTradePrevention.CancelOldest,
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

        // While the gate is shut it waits: its turn comes when the account may send again. Likewise while it would
        // meet what its owner has out there.
        bool isOpen =
            EngineState.IsOpenFor(holding.Account, holding.Instrument, RiskLadder.IsClosing(in terms))
            & !IsInTheWay(holding, in terms);
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
