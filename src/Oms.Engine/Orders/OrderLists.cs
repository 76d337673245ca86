using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Takes orders that depend on each other: lists of two or three, and orders that take the place of others.
/// </summary>
internal sealed class OrderLists(
    EngineState state,
    Outbox outbox,
    RiskLadder risk,
    LimitLadder limits,
    OrderReports reports,
    OrderEntry entry,
    OrderDispatch dispatch,
    Cancellation cancellation)
{
    public void Place(in PlaceOrderList command)
    {
        AccountId accountId = command.Header.AccountId;
        if (state.Orders.TryFind(accountId, command.First.ClientOrderId, out int known))
        {
            entry.AnswerKnown(known, command.InstrumentId, command.First.Terms, command.CorrelationId);
            return;
        }

        InstrumentState? instrument = state.FindInstrument(command.InstrumentId);
        RejectReason reason = ListShape.Check(in command);
        Holding? holding = null;
        (long reservePrice, bool isReducing) = (0, false);
        if (reason == RejectReason.None)
        {
            reason = risk.Check(
                state.FindAccount(accountId), instrument, command.First.Terms, command.Stamps, out holding,
                out reservePrice, out isReducing);
        }

        OrderTerms second = TrailingStops.Placed(command.Second.Terms, instrument);
        if (reason == RejectReason.None) reason = CheckLegs(in command, holding!, in second, isReducing);
        if (reason == RejectReason.None && command.Contingency == Contingency.OneCancelsOther)
        {
            reservePrice = Math.Max(reservePrice, risk.WorstPrice(instrument!, in second));
            reason = risk.CheckOtherLeg(holding!, in second, reservePrice, isReducing);
        }

        if (reason == RejectReason.None) reason = OrderDispatch.CheckEntry(holding!, command.First.Terms);
        if (reason != RejectReason.None)
        {
            reports.ReportRefused(
                accountId, command.First.ClientOrderId, command.InstrumentId, command.First.Terms, reason,
                command.CorrelationId);
            return;
        }

        limits.Note(holding!, command.First.Terms);
        if (command.Contingency == Contingency.OneCancelsOther)
        {
            PlacePair(in command, holding!, in second, reservePrice, isReducing);
        }
        else
        {
            PlaceParent(in command, holding!, reservePrice, isReducing);
        }
    }

    /// <summary>Cancels an order and holds another until the first is canceled.</summary>
    public void Replace(in ReplaceOrder command)
    {
        AccountId accountId = command.Header.AccountId;
        if (state.Orders.TryFind(accountId, command.ClientOrderId, out int known))
        {
            entry.AnswerKnown(known, command.InstrumentId, command.Terms, command.CorrelationId);
            return;
        }

        RejectReason reason = FindOriginal(in command, out int original);
        Holding? holding = null;
        if (reason == RejectReason.None)
        {
            holding = state.HoldingOf(in state.Orders[original]);
            reason = risk.CheckSuccessor(holding, command.Terms, command.Stamps);
        }

        if (reason != RejectReason.None)
        {
            reports.ReportRefused(
                accountId, command.ClientOrderId, command.InstrumentId, command.Terms, reason,
                command.CorrelationId);
            return;
        }

        int slot = entry.Add(
            holding!, command.ClientOrderId, command.Terms, command.Terms.Price, isReducing: false,
            OrderMarks.Successor | OrderMarks.Shadow);
        ref OrderState successor = ref state.Orders[slot];
        ref OrderState first = ref state.Orders[original];
        successor.ParentId = first.OrderId;
        successor.Contingency = Contingency.OneTriggersOther;
        first.Contingency = Contingency.OneTriggersOther;
        first.PartnerId = successor.OrderId;
        reports.Report(slot, ExecutionType.Suspended, command.CorrelationId);
        cancellation.Cancel(original, correlationId: null);
    }

    private RejectReason FindOriginal(in ReplaceOrder command, out int slot)
    {
        bool isFound = command.OriginalOrderId.IsNone
            ? state.Orders.TryFind(command.Header.AccountId, command.OriginalClientOrderId, out slot)
            : state.Orders.TryFind(command.OriginalOrderId, out slot);
        if (!isFound || state.Orders[slot].AccountId != command.Header.AccountId) return RejectReason.OrderUnknown;
        if (state.Orders[slot].IsFinal) return RejectReason.OrderAlreadyFinal;
        if (state.Orders[slot].InstrumentId != command.InstrumentId) return RejectReason.ReplaceNotPossible;
        if (state.Orders[slot].Contingency != Contingency.None) return RejectReason.ReplaceNotPossible;
        if (!state.HasRoomFor(1)) return RejectReason.OrderStoreFull;
        return RejectReason.None;
    }

    /// <summary>The legs that do not go out now: the room for them, their ids, their terms.</summary>
    private RejectReason CheckLegs(
        in PlaceOrderList command, Holding holding, in OrderTerms second, bool isReducing)
    {
        if (!state.HasRoomFor(command.LegCount)) return RejectReason.OrderStoreFull;
        if (!isReducing && !limits.HasRoomFor(holding.Account, command.LegCount)) return RejectReason.OpenOrdersAboveLimit;
        RejectReason ofSecond = CheckLeg(in command, holding, command.Second.ClientOrderId, in second);
        if (ofSecond != RejectReason.None || command.Contingency != Contingency.Bracket) return ofSecond;
        return CheckLeg(in command, holding, command.Third.ClientOrderId, command.Third.Terms);
    }

    private RejectReason CheckLeg(
        in PlaceOrderList command, Holding holding, in ClientOrderId clientOrderId, in OrderTerms terms)
    {
        if (state.Orders.TryFind(holding.Account.Id, clientOrderId, out _)) return RejectReason.DuplicateClientOrderId;
        OrderTerms whole = terms with { Quantity = command.First.Terms.Quantity };
        RejectReason ofTerms = TermsCheck.Check(in whole, holding.Instrument, outbox.Now);
        bool isPair = command.Contingency == Contingency.OneCancelsOther;
        return ofTerms == RejectReason.None && isPair ? OrderDispatch.CheckEntry(holding, in whole) : ofTerms;
    }

    /// <summary>Of two that cancel each other the first goes out and reserves for both; the other waits.
    /// </summary>
    /// <param name="terms">Of the second.</param>
    /// <param name="reservePrice">Of the dearer.</param>
    private void PlacePair(
        in PlaceOrderList command, Holding holding, in OrderTerms terms, long reservePrice, bool isReducing)
    {
        int first = entry.Add(
            holding, command.First.ClientOrderId, command.First.Terms, reservePrice, isReducing);
        int second = entry.Add(
            holding, command.Second.ClientOrderId, in terms, reservePrice, isReducing, OrderMarks.Shadow);
        state.Orders[first].SharedQuantity = terms.Quantity;
        state.Orders[second].SharedQuantity = terms.Quantity;
        Link(first, second, Contingency.OneCancelsOther);
        dispatch.Start(first, holding, command.Stamps, command.CorrelationId);
        if (state.Orders[first].Status == OrderStatus.Rejected)
        {
            // The book did not take it: of all or none that leaves none.
            cancellation.Cancel(second, command.CorrelationId);
        }
        else
        {
            dispatch.Start(second, holding, command.Stamps, command.CorrelationId);
        }
    }

    private void PlaceParent(in PlaceOrderList command, Holding holding, long reservePrice, bool isReducing)
    {
        int parent = entry.Add(
            holding, command.First.ClientOrderId, command.First.Terms, reservePrice, isReducing);
        int second = AddChild(holding, command.Second, state.Orders[parent].OrderId, command.Contingency);
        state.Orders[parent].PartnerId = state.Orders[second].OrderId;
        state.Orders[parent].Contingency = command.Contingency;
        int third = -1;
        if (command.Contingency == Contingency.Bracket)
        {
            third = AddChild(holding, command.Third, state.Orders[parent].OrderId, command.Contingency);
            state.Orders[third].Set(OrderMarks.Shadow);
            Link(second, third, Contingency.Bracket);
        }

        dispatch.Start(parent, holding, command.Stamps, command.CorrelationId);
        reports.Report(second, ExecutionType.Suspended, command.CorrelationId);
        if (third >= 0)
        {
            reports.Report(third, ExecutionType.Suspended, command.CorrelationId);
        }
    }

    private int AddChild(Holding holding, in OrderLeg leg, OrderId parent, Contingency contingency)
    {
        int slot = entry.Add(
            holding, leg.ClientOrderId, leg.Terms, risk.WorstPrice(holding.Instrument, leg.Terms),
            isReducing: true, OrderMarks.Child);
        state.Orders[slot].ParentId = parent;
        state.Orders[slot].Contingency = contingency;
        return slot;
    }

    private void Link(int first, int second, Contingency contingency)
    {
        state.Orders[first].PartnerId = state.Orders[second].OrderId;
        state.Orders[second].PartnerId = state.Orders[first].OrderId;
        state.Orders[first].Contingency = contingency;
        state.Orders[second].Contingency = contingency;
    }
}
