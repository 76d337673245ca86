namespace Oms.Bench.Risk;

/// <summary>
/// What <c>risk</c> found. Times are nanoseconds of single checks, less what reading the clock takes.
/// </summary>
internal sealed record RiskResult
{
    public string Bench { get; } = "risk";

    public required int Checks { get; init; }

    public required int Accounts { get; init; }

    public required long NsP50 { get; init; }

    public required long NsP90 { get; init; }

    public required long NsP99 { get; init; }

    public required long NsP999 { get; init; }

    public required long NsMax { get; init; }

    /// <summary>Checks per second, one after the other.</summary>
    public required double OpsPerS { get; init; }

    public required double AllocatedBytesPerOp { get; init; }

    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
