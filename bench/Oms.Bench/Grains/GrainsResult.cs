namespace Oms.Bench.Grains;

/// <summary>What <c>grains</c> found.</summary>
internal sealed record GrainsResult
{
    public string Bench { get; } = "grains";

    public required int Grains { get; init; }

    public required int Callers { get; init; }

    /// <summary>Calls per second that were answered, with so many callers at a time.</summary>
    public required double CallsPerS { get; init; }

    /// <summary>One call after the other, microseconds.</summary>
    public required double CallUsP50 { get; init; }

    public required double CallUsP99 { get; init; }

    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
