namespace Oms.Bench.Durability;

/// <summary>What <c>durability</c> found.</summary>
internal sealed record DurabilityResult
{
    public string Bench { get; } = "durability";

    public required int Events { get; init; }

    public required int EventBytes { get; init; }

    /// <summary>Events per second, each committed to the head, with the copier behind it.</summary>
    public required double MemoryOpsPerS { get; init; }

    /// <summary>Events per second, each on the disk.</summary>
    public required double DiskOpsPerS { get; init; }

    /// <summary>Events that were due per second, for the next figures.</summary>
    public required int CommitRatePerS { get; init; }

    /// <summary>From when an event was due until the disk had it, microseconds.</summary>
    public required double DiskCommitUsP50 { get; init; }

    public required double DiskCommitUsP90 { get; init; }

    public required double DiskCommitUsP99 { get; init; }

    public required double DiskCommitUsP999 { get; init; }

    public required double DiskCommitUsMax { get; init; }

    public required int ReplayedInputs { get; init; }

    /// <summary>Inputs and events.</summary>
    public required double ReplayRecordsPerS { get; init; }

    public required double ReplayInputsPerS { get; init; }

    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
