using System.Collections.Immutable;
using Oms.Domain.Accounts;

namespace Oms.Grains.Accounts;

/// <summary>What is stored of an account: replaced as a whole, never changed.</summary>
internal sealed record AccountState : ISequencedState
{
    public static int CurrentVersion => 1;

    public int Version { get; init; } = CurrentVersion;

    public long LastSequence { get; init; }

    public AccountGate Gate { get; init; } = AccountGate.Disconnected;

    public GateReason GateReason { get; init; }

    public long GateUnixNanos { get; init; }

    public ImmutableArray<BalanceView> Balances { get; init; } = [];

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
            };
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
}
