using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Grains.Risk;

namespace Oms.Grains.Accounts;

/// <summary>What is stored of an account: replaced as a whole, never changed.</summary>
internal sealed record AccountState : ISequencedState
{
    public static int CurrentVersion => 2;

    public int Version { get; init; } = CurrentVersion;

    public long LastSequence { get; init; }

    public AccountGate Gate { get; init; } = AccountGate.Disconnected;

    public GateReason GateReason { get; init; }

    public long GateUnixNanos { get; init; }

    /// <summary>When the account was ready last; 0 for never. Since version 2.</summary>
    public long ReadyUnixNanos { get; init; }

    public ImmutableArray<BalanceView> Balances { get; init; } = [];

    /// <summary>The account's own halt; null when there is none. Since version 2.</summary>
    public HaltUpdate? Halt { get; init; }

    /// <summary>Null until a silo read the configuration. Since version 2.</summary>
    public AccountSettings? Settings { get; init; }

    /// <summary>The state after the events of the batch that are not in it yet.</summary>
    public AccountState After(AccountBatch batch)
    {
        AccountState state = this with { Version = CurrentVersion, LastSequence = batch.LastSequence };
        foreach (GateUpdate update in batch.Gates.Where(update => update.Sequence > LastSequence))
        {
            state = state with
            {
                Gate = update.Gate,
                GateReason = update.Reason,
                GateUnixNanos = update.UnixNanos,
                ReadyUnixNanos = update.Gate == AccountGate.Ready ? update.UnixNanos : state.ReadyUnixNanos,
            };
        }

        foreach (HaltUpdate halt in batch.Halts.Where(halt => halt.Sequence > LastSequence))
        {
            state = halt.Scope == HaltScope.Account ? state.After(halt) : state;
        }

        var balances = Balances.ToDictionary(balance => (balance.Wallet, balance.Asset));
        foreach (BalanceUpdate update in batch.Balances.Where(update => update.Sequence > LastSequence))
        {
            balances[(update.Wallet, update.Asset)] = new()
            {
                Wallet = update.Wallet,
                Asset = update.Asset,
                Free = update.Free,
                Reserved = update.Reserved,
                InTransit = update.InTransit,
                UnixNanos = update.UnixNanos,
            };
        }

        return state with
        {
            Balances =
            [
                .. balances.Values
                    .OrderBy(balance => balance.Wallet)
                    .ThenBy(balance => balance.Asset, StringComparer.Ordinal),
            ],
        };
    }

    private AccountState After(HaltUpdate halt) => this with
    {
        Halt = halt.State switch
        {
            HaltState.Resumed => null,
            HaltState.Confirmed when Halt is not null => Halt with { State = halt.State },
            HaltState.Halted or HaltState.Confirmed => halt,
        },
    };
}
