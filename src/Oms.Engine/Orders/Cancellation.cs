using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Engine.Crossing;
using Oms.Engine.Holdings;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Cancels orders wherever they are: held here, in a book, or at an exchange. What must end is canceled again
/// and again until the exchange has ended it; a client that is refused a cancel decides itself.
/// </summary>
internal sealed class Cancellation(
    EngineState state,
    Outbox outbox,
    OrderReports reports,
    Reservations reservations,
    ConnectorRequests requests,
    Matcher matcher)
{
    private const long RepeatNanos = UnixNanos.PerSecond;

    public void Cancel(in CancelOrder command)
    {
        AccountId account = command.Header.AccountId;
        if (!TryFind(account, command.OrderId, command.ClientOrderId, out int slot))
        {
            var none = new OrderState { OrderId = command.OrderId, ClientOrderId = command.ClientOrderId };
            reports.ReportCancelRejected(account, in none, RejectReason.OrderUnknown, 0, command.CorrelationId);
            return;
        }

        if (state.Orders[slot].IsFinal)
        {
            reports.ReportCancelRejected(
                account, in state.Orders[slot], RejectReason.OrderAlreadyFinal, 0, command.CorrelationId);
            return;
        }

        Cancel(slot, command.CorrelationId);
        // What protects what a first order filled stays; what it did not fill needs no protection once it ended.
        bool isParent = Contingencies.IsParent(in state.Orders[slot]);
        if (!isParent || TryFindSuccessor(slot, out _))
        {
            CancelPartners(slot);
        }
    }

    public void Cancel(in CancelOrders command)
    {
        int count = 0;
        InstrumentId instrument =
            command.Scope == CancelScope.Instrument ? command.InstrumentId : InstrumentId.None;
        foreach (AccountState account in state.Accounts)
        {
            if (IsWithin(in command, account))
            {
                count += CancelAll(account, instrument);
            }
        }

        AccountState? owner = state.FindAccount(command.Header.AccountId);
        outbox.Add(new CancelOrdersReport
        {
            Header = owner is null
                ? outbox.Event<CancelOrdersReport>(command.Header.AccountId)
                : outbox.Event<CancelOrdersReport>(owner),
            Scope = command.Scope,
            OrderCount = count,
            CorrelationId = command.CorrelationId,
        });
    }

    /// <summary>Ends every live order of an account that is halted, however often the exchange must be asked.</summary>
    public void EndAll(AccountState account)
    {
        int next;
        for (int slot = account.Live.First; slot != LiveOrders.None; slot = next)
        {
            next = state.Orders[slot].NextLive;
            EndForGood(slot, withAll: true);
        }
    }

    /// <summary>Ends an order, however often the exchange must be asked.</summary>
    /// <param name="withAll">Whether every order of its account is ended now, because it is halted.</param>
    public void EndForGood(int slot, bool withAll = false)
    {
        if (!state.Orders[slot].IsFinal)
        {
            state.Orders[slot].Set(OrderMarks.MustEnd);
            Cancel(slot, correlationId: null, withAll);
        }
    }

    /// <summary>An order of a list takes those with it that were to come after it or instead of it.</summary>
    public void CancelPartners(int slot)
    {
        OrderId next = state.Orders[slot].PartnerId;
        for (int leg = 0; leg < 2 && state.Orders.TryFind(next, out int partner); leg++)
        {
            if (!state.Orders[partner].IsFinal && partner != slot)
            {
                Cancel(partner, correlationId: null);
            }

            next = state.Orders[partner].PartnerId;
        }
    }

    /// <summary>The order that waits to take the place of this one; false when there is none.</summary>
    public bool TryFindSuccessor(int slot, out int successor) =>
        state.Orders.TryFind(state.Orders[slot].PartnerId, out successor)
        && state.Orders[successor].Has(OrderMarks.Successor)
        && state.Orders[successor].IsHeld;

    /// <summary>Whether neither an order lives nor one that was to come after it or instead of it.</summary>
    public bool IsOver(int slot)
    {
        bool isOver = state.Orders[slot].IsFinal;
        OrderId next = state.Orders[slot].PartnerId;
        for (int leg = 0; leg < 2 && state.Orders.TryFind(next, out int partner); leg++)
        {
            isOver &= state.Orders[partner].IsFinal;
            next = state.Orders[partner].PartnerId;
        }

        return isOver;
    }

    /// <summary>Cancels a live order.</summary>
    /// <param name="correlationId">Of the command that its report answers; null for none.</param>
    /// <param name="withAll">Whether every order of its account is canceled now, because it is halted.</param>
    public void Cancel(int slot, long? correlationId, bool withAll = false)
    {
        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        if (order.IsHeld || holding.Instrument.IsMatchedHere)
        {
            End(slot, holding, correlationId ?? 0);
            return;
        }

        bool isRepeated = order.Status == OrderStatus.PendingCancel || order.Has(OrderMarks.CancelWanted);
        _ = reports.Advance(slot, OrderEvent.CancelRequested);
        if (!isRepeated || correlationId is not null)
        {
            reports.Report(slot, ExecutionType.PendingCancel, correlationId ?? 0);
        }

        if (isRepeated)
        {
            return;
        }

        if (order.Has(OrderMarks.Acknowledged))
        {
            requests.Cancel(in order, withAll);
        }
        else
        {
            order.Set(OrderMarks.CancelWanted);
        }
    }

    /// <summary>Sends a cancel that came before the exchange showed the order, now that it did.</summary>
    public void SendWanted(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        if (!order.Has(OrderMarks.CancelWanted) || order.IsFinal || order.SeenFinalStatus != 0)
        {
            return;
        }

        order.Clear(OrderMarks.CancelWanted);
        if (reports.Advance(slot, OrderEvent.CancelRequested))
        {
            reports.Report(slot, ExecutionType.PendingCancel);
        }

        requests.Cancel(in order);
    }

    /// <summary>
    /// The exchange refused a cancel of what must end: it is asked again in a while, not at once, since it may
    /// go on refusing.
    /// </summary>
    public void RepeatLater(int slot)
    {
        if (state.Orders[slot].Has(OrderMarks.MustEnd))
        {
            state.Expiries.Set(slot, outbox.Now + RepeatNanos);
        }
    }

    /// <summary>Ends the orders whose time ran out, and asks again for the end of those that must.</summary>
    public void EndWhatIsDue()
    {
        while (state.Expiries.TryTakeDue(outbox.Now, out int slot))
        {
            ref OrderState order = ref state.Orders[slot];
            bool isExpiring = order.Terms.ExpireUnixNanos != 0 && order.Terms.ExpireUnixNanos <= outbox.Now;
            order.Set(isExpiring ? OrderMarks.Expiring : OrderMarks.None);
            EndForGood(slot);
        }
    }

    /// <summary>Cancels every live order of an account; in one instrument where it is not none.</summary>
    /// <returns>How many there were.</returns>
    private int CancelAll(AccountState account, InstrumentId instrument)
    {
        int count = 0;
        int next;
        for (int slot = account.Live.First; slot != LiveOrders.None; slot = next)
        {
            next = state.Orders[slot].NextLive;
            if (instrument.IsNone || state.Orders[slot].InstrumentId == instrument)
            {
                Cancel(slot, correlationId: null);
                count++;
            }
        }

        return count;
    }

    private bool TryFind(AccountId account, OrderId id, in ClientOrderId clientOrderId, out int slot) =>
        (id.IsNone
            ? state.Orders.TryFind(account, in clientOrderId, out slot)
            : state.Orders.TryFind(id, out slot))
        && state.Orders[slot].AccountId == account;

    /// <summary>Ends what the exchange has not heard of, and what is matched here: nobody is asked.</summary>
    private void End(int slot, Holding holding, long correlationId)
    {
        bool isExpiring = state.Orders[slot].Has(OrderMarks.Expiring);
        matcher.Remove(slot, holding);
        _ = reports.Advance(slot, isExpiring ? OrderEvent.ExpiryConfirmed : OrderEvent.CancelConfirmed);
        reservations.Adjust(slot, holding);
        reports.Report(slot, isExpiring ? ExecutionType.Expired : ExecutionType.Canceled, correlationId);
    }

    private static bool IsWithin(in CancelOrders command, AccountState account) => command.Scope switch
    {
        CancelScope.Account => account.Id == command.Header.AccountId,
        CancelScope.Instrument => !command.InstrumentId.IsNone
            && (command.Header.AccountId.IsNone || account.Id == command.Header.AccountId),
        CancelScope.Exchange => account.Exchange.Name == command.Exchange,
        CancelScope.All => true,
        // What a sender of another version may mean by it is not known.
        _ => false,
    };
}
