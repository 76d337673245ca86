namespace Oms.Bench.Storage;

/// <summary>What <c>storage</c> found.</summary>
internal sealed record StorageResult
{
    public string Bench { get; } = "storage";

    /// <summary>Of one grain, one after the other, microseconds: from the call to the state acknowledged.</summary>
    public required double WriteUsP50 { get; init; }

    public required double WriteUsP99 { get; init; }

    public required double WriteUsMax { get; init; }

    public required int Grains { get; init; }

    /// <summary>Of so many grains at once, each with one under way.</summary>
    public required double WritesPerS { get; init; }

    public required double RssMb { get; init; }

    public required double ServerRssMb { get; init; }

    /// <summary>The server is one of them.</summary>
    public required double OthersCpuPercent { get; init; }
}
