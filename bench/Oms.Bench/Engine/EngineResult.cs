namespace Oms.Bench.Engine;

/// <summary>What <c>engine</c> found. Times are nanoseconds per command, medians over the passes.</summary>
internal sealed record EngineResult
{
    public string Bench { get; } = "engine";

    public required int Symbols { get; init; }

    public required int Depth { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }

    public required int Passes { get; init; }

    /// <summary>Of our books: 1 is the workload's, with any other most prices are off the tick.</summary>
    public required int TickSize { get; init; }

    /// <summary>With risk ladder, ledger, lifecycle and log records.</summary>
    public required bool IsFull { get; init; }

    public required double NsPerOp { get; init; }

    public required double NsPerOpMin { get; init; }

    public required double NsPerOpMax { get; init; }

    /// <summary>
    /// Without the time in which the thread did not run: nearer to the truth beside others.
    /// </summary>
    public required double CpuNsPerOp { get; init; }

    public required double OpsPerS { get; init; }

    /// <summary>Of single commands, from a pass of its own.</summary>
    public required long NsP50 { get; init; }

    public required long NsP90 { get; init; }

    public required long NsP99 { get; init; }

    public required long NsP999 { get; init; }

    public required long NsMax { get; init; }

    /// <summary>The book of ordinary collections, between our passes.</summary>
    public required double OrdinaryNsPerOp { get; init; }

    /// <summary>Our time divided by that of ordinary collections: the median of pairs of passes.</summary>
    public required double Ratio { get; init; }

    public required string StreamHash { get; init; }

    public required string TradeHash { get; init; }

    public required string BookHash { get; init; }

    /// <summary>Whether the three are what is published; null when nothing is.</summary>
    public required bool? IsAsPublished { get; init; }

    /// <summary>Whether every pass of both books told the same events.</summary>
    public required bool IsSameInAllPasses { get; init; }

    public required long Trades { get; init; }

    public required long Quantity { get; init; }

    public required long Notional { get; init; }

    public required long Hits { get; init; }

    public required long Misses { get; init; }

    public required int Resting { get; init; }

    public required double AllocatedBytesPerOp { get; init; }

    public double RssMb { get; init; }

    /// <summary>What others used of the machine meanwhile; 100 is one core.</summary>
    public double OthersCpuPercent { get; init; }

    public int Core { get; init; }
}
