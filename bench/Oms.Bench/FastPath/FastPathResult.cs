namespace Oms.Bench.FastPath;

/// <summary>What <c>fastpath</c> found. Times are nanoseconds.</summary>
internal sealed record FastPathResult
{
    public string Bench { get; } = "fastpath";

    public required int Orders { get; init; }

    public required int Accounts { get; init; }

    /// <summary>Orders that rested meanwhile.</summary>
    public required int Live { get; init; }

    /// <summary>By FastPath, over all that was measured.</summary>
    public required double AllocatedBytesPerOp { get; init; }

    public required long GarbageCollections { get; init; }

    /// <summary>One order outstanding: order to last report.</summary>
    public required long RttNsP50 { get; init; }

    public required long RttNsP90 { get; init; }

    public required long RttNsP99 { get; init; }

    public required long RttNsP999 { get; init; }

    public required long RttNsMax { get; init; }

    /// <summary>Orders per second, many outstanding.</summary>
    public required double OpsPerS { get; init; }

    /// <summary>Orders that were due per second, for the next figures.</summary>
    public required int OpenRatePerS { get; init; }

    public required int OpenOrders { get; init; }

    /// <summary>From when an order was due to its last report.</summary>
    public required long OpenNsP50 { get; init; }

    public required long OpenNsP90 { get; init; }

    public required long OpenNsP99 { get; init; }

    public required long OpenNsP999 { get; init; }

    public required long OpenNsMax { get; init; }

    /// <summary>Where the two cores were: near or far.</summary>
    public required string Mode { get; init; }

    /// <summary>One line of memory there and back, the median.</summary>
    public required long ModeRttNs { get; init; }

    /// <summary>Of FastPath.</summary>
    public required double RssMb { get; init; }

    public required double OthersCpuPercent { get; init; }
}
