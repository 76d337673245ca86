using System.Runtime.InteropServices;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Halting;

/// <summary>
/// The kill switch, over an order, an account, an exchange or the firm. What is halted sends nothing that
/// adds risk; what lives in it is canceled; and it is confirmed only when the exchange, asked afterwards,
/// knows no order any more but such as came later, to close. Part of the state: a restart changes nothing. What is not
/// known is not halted, and the answer says so.
/// </summary>
internal sealed class Halts(EngineState state, Outbox outbox, Cancellation cancellation)
{
    /// <summary>Accounts that a halt made to ask their exchange: the caller begins their rounds.</summary>
    public List<AccountState> ToAsk { get; } = [];

    public void Apply(in ChangeHalt command)
    {
        if (!IsKnown(in command))
        {
            Report(in command, HaltState.Resumed);
            return;
        }

        HaltState halt = command.IsHalted != 0 ? HaltState.Halted : HaltState.Resumed;
        Set(in command, halt);
        Report(in command, halt);
        Forget(in command);
        if (halt == HaltState.Halted)
        {
            Stop(in command);
        }
    }

    /// <summary>Whether a halt of the account waits for the last of its orders.</summary>
    public bool IsPending(AccountState account)
    {
        foreach (ref readonly ChangeHalt pending in CollectionsMarshal.AsSpan(state.PendingHalts))
        {
            if (pending.Scope != HaltScope.Order && IsWithin(in pending, account))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Halts an account because of what was found. A difference is said of a halted account too: who lets it
    /// go again has to know of it.
    /// </summary>
    public void Halt(AccountState account, HaltReason reason)
    {
        bool isSaid = reason != HaltReason.Difference || account.HaltReason == HaltReason.Difference;
        if (account.IsHalted && isSaid)
        {
            return;
        }

        Set(account, HaltState.Halted, reason);
        var command = new ChangeHalt
        {
            Header = MessageHeader.For<ChangeHalt>(account.Id),
            Scope = HaltScope.Account,
            IsHalted = 1,
            OrderId = OrderId.None,
            Exchange = default,
            CorrelationId = 0,
            By = default,
        };
        Report(in command, HaltState.Halted);
        Forget(in command);
        Stop(in command);
    }

    /// <summary>Confirms the halts in which no order lives that has to end, and whose accounts were asked.</summary>
    public void ConfirmWhatIsDone()
    {
        for (int index = state.PendingHalts.Count - 1; index >= 0; index--)
        {
            ChangeHalt pending = state.PendingHalts[index];
            if (!IsDone(in pending))
            {
                continue;
            }

            state.PendingHalts.RemoveAt(index);
            Set(in pending, HaltState.Confirmed);
            Report(in pending, HaltState.Confirmed);
        }
    }

    private bool IsKnown(in ChangeHalt command) => command.Scope switch
    {
        HaltScope.Order => state.Orders.TryFind(command.OrderId, out _),
        HaltScope.Account => state.FindAccount(command.Header.AccountId) is not null,
        HaltScope.Exchange => state.FindExchange(command.Exchange) is not null,
        HaltScope.Firm => true,
        // What a sender of another version may mean by it is not known either.
        _ => false,
    };

    private void Set(in ChangeHalt command, HaltState halt)
    {
        switch (command.Scope)
        {
            case HaltScope.Account:
                AccountState account = state.Account(command.Header.AccountId);
                Set(account, halt, halt == HaltState.Confirmed ? account.HaltReason : HaltReason.Command);
                break;
            case HaltScope.Exchange:
                state.Exchange(command.Exchange).Halt = halt;
                state.DirtyAccounts.AddRange(state.Accounts);
                break;
            case HaltScope.Firm:
                state.FirmHalt = halt;
                state.DirtyAccounts.AddRange(state.Accounts);
                break;
            case HaltScope.Order:
            default:
                break;
        }
    }

    /// <summary>A difference stays the reason, whoever halts the account as well, until it is resumed.</summary>
    private void Set(AccountState account, HaltState halt, HaltReason reason)
    {
        bool isOfDifference = account.HaltReason == HaltReason.Difference;
        account.Halt = halt;
        account.HaltReason = halt == HaltState.Resumed ? HaltReason.None
            : isOfDifference ? HaltReason.Difference : reason;
        state.DirtyAccounts.Add(account);
        if (isOfDifference && halt == HaltState.Resumed)
        {
            // Somebody looked: what the exchange states now is what the account has.
            account.ArePositionsKnown = false;
            Ask(account);
        }
    }

    private void Forget(in ChangeHalt command)
    {
        for (int index = state.PendingHalts.Count - 1; index >= 0; index--)
        {
            ChangeHalt pending = state.PendingHalts[index];
            if (IsSame(in pending, in command))
            {
                state.PendingHalts.RemoveAt(index);
            }
        }
    }

    private static bool IsSame(in ChangeHalt left, in ChangeHalt right) =>
        left.Scope == right.Scope && left.Scope switch
        {
            HaltScope.Order => left.OrderId == right.OrderId,
            HaltScope.Account => left.Header.AccountId == right.Header.AccountId,
            HaltScope.Exchange => left.Exchange == right.Exchange,
            HaltScope.Firm => true,
        };

    private void Stop(in ChangeHalt command)
    {
        state.PendingHalts.Add(command);
        if (command.Scope == HaltScope.Order)
        {
            StopOrder(command.OrderId);
            return;
        }

        foreach (AccountState account in state.Accounts)
        {
            if (!IsWithin(in command, account))
            {
                continue;
            }

            cancellation.EndAll(account);
            account.IsAskedSinceHalt = account.Exchange.IsMatchedHere;
            Ask(account);
        }
    }

    /// <summary>An order, and what would come after it or instead of it.</summary>
    private void StopOrder(OrderId id)
    {
        if (state.Orders.TryFind(id, out int slot))
        {
            cancellation.EndForGood(slot);
            cancellation.CancelPartners(slot);
        }
    }

    private void Ask(AccountState account)
    {
        if (account.Gate != AccountGate.Disconnected && !account.Exchange.IsMatchedHere)
        {
            ToAsk.Add(account);
        }
    }

    private bool IsDone(in ChangeHalt halt)
    {
        if (halt.Scope == HaltScope.Order)
        {
            return !state.Orders.TryFind(halt.OrderId, out int slot) || cancellation.IsOver(slot);
        }

        foreach (AccountState account in state.Accounts)
        {
            if (IsWithin(in halt, account) && (!account.IsAskedSinceHalt || state.HasToEnd(account)))
            {
                return false;
            }
        }

        return true;
    }

    private void Report(in ChangeHalt command, HaltState halt)
    {
        AccountState? account = state.FindAccount(command.Header.AccountId);
        outbox.Add(new HaltChanged
        {
            Header = account is null
                ? outbox.Event<HaltChanged>(command.Header.AccountId)
                : outbox.Event<HaltChanged>(account),
            Scope = command.Scope,
            State = halt,
            Reason = command.Scope == HaltScope.Account && account is { HaltReason: not HaltReason.None }
                ? account.HaltReason
                : HaltReason.Command,
            OrderId = command.OrderId,
            Exchange = command.Exchange,
            CorrelationId = command.CorrelationId,
            By = command.By,
        });
    }

    private static bool IsWithin(in ChangeHalt halt, AccountState account) => halt.Scope switch
    {
        HaltScope.Account => account.Id == halt.Header.AccountId,
        HaltScope.Exchange => account.Exchange.Name == halt.Exchange,
        HaltScope.Firm => true,
        HaltScope.Order => false,
    };
}
