namespace Oms.Bench.Accounts;

/// <summary>What <c>accounts</c> found. Times are nanoseconds per order, medians over the rounds.</summary>
internal sealed record AccountsResult
{
    public string Bench { get; } = "accounts";

    public required int Accounts { get; init; }

    public required int Rounds { get; init; }

    /// <summary>All orders of a round are of one account.</summary>
    public required double SameNs { get; init; }

    /// <summary>Each is of the next account.</summary>
    public required double RotatingNs { get; init; }

    /// <summary>What that costs: the median of pairs of rounds.</summary>
    public required double SwitchNs { get; init; }

    public required double OpsPerS { get; init; }

    public required double AllocatedBytesPerOp { get; init; }

    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
