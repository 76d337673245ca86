using Oms.Domain.Accounts;
using Oms.Domain.Messages;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an account.</summary>
internal sealed class AccountState
{
    public required AccountDefined Definition { get; set; }

    public AccountGate Gate { get; set; } = AccountGate.Disconnected;

    /// <summary>The running session subscribed the private stream.</summary>
    public bool IsStreamUp { get; set; }

    /// <summary>Of the last event about this account.</summary>
    public long Sequence { get; set; }

    /// <summary>Orders that are not final.</summary>
    public int LiveOrders { get; set; }

    /// <summary>The round of evidence that is being gathered, or was last.</summary>
    public long EvidenceId { get; set; }

    /// <summary>
    /// A fill was booked after this round began: its balances may be older than the ledger.
    /// </summary>
    public bool FilledSinceRoundBegan { get; set; }

    /// <summary>
    /// When to ask again after an incomplete round, Unix nanoseconds; 0 when nothing is to be asked.
    /// </summary>
    public long RetryAtUnixNanos { get; set; }

    /// <summary>A balance of this round differs from the ledger, and a fill under way may be why.</summary>
    public bool DoBalancesDiffer { get; set; }
}
