using System.Collections.Immutable;
using Oms.Domain.Transfers;

namespace Oms.Grains.Transfers;

/// <summary>What is stored of a transfer: replaced as a whole, never changed.</summary>
internal sealed record TransferState
{
    public const int CurrentVersion = 1;

    /// <summary>Older steps are in the transfers file and stream.</summary>
    public const int StepsMax = 64;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Null before anybody wanted it.</summary>
    public TransferOrder? Order { get; init; }

    /// <summary>When it was first wanted here; 0 where another process asked FastPath for it.</summary>
    public long IntentUnixNanos { get; init; }

    public ImmutableArray<TransferUpdate> Steps { get; init; } = [];

    public long LastSequence => Steps.IsDefaultOrEmpty ? 0 : Steps[^1].Sequence;

    /// <summary>It was wanted, and FastPath has not said anything of it.</summary>
    public bool IsUnanswered => Order is not null && Steps.IsDefaultOrEmpty;

    public TransferStatus Status => Steps.IsDefaultOrEmpty ? TransferStatus.None : Steps[^1].Status;

    /// <summary>The state after the updates that are not in it yet.</summary>
    public TransferState After(ImmutableArray<TransferUpdate> updates)
    {
        ImmutableArray<TransferUpdate> steps =
            [.. Steps.IsDefault ? [] : Steps, .. updates.Where(update => update.Sequence > LastSequence)];
        return this with
        {
            Version = CurrentVersion,
            Order = Order ?? steps[0].Order,
            Steps = steps.Length > StepsMax ? steps[^StepsMax..] : steps,
        };
    }
}
