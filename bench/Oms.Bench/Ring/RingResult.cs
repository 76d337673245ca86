namespace Oms.Bench.Ring;

/// <summary>What <c>ring</c> found.</summary>
internal sealed record RingResult
{
    public string Bench { get; } = "ring";

    public required int Turns { get; init; }

    public required int Messages { get; init; }

    /// <summary>There and back, nanoseconds.</summary>
    public required long RttNsP50 { get; init; }

    public required long RttNsP90 { get; init; }

    public required long RttNsP99 { get; init; }

    public required long RttNsP999 { get; init; }

    public required long RttNsMax { get; init; }

    /// <summary>Messages per second, one way.</summary>
    public required double OpsPerS { get; init; }

    /// <summary>Where the two cores were: near or far.</summary>
    public required string Mode { get; init; }

    /// <summary>One line of memory there and back, the median.</summary>
    public required long ModeRttNs { get; init; }

    public required int Core { get; init; }

    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
