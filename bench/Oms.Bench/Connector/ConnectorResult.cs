namespace Oms.Bench.Connector;

/// <summary>What <c>connector</c> found.</summary>
internal sealed record ConnectorResult
{
    public string Bench { get; } = "connector";

    /// <summary>To build, sign and serialise a new order for the WebSocket API, nanoseconds.</summary>
    public required double EncodeNs { get; init; }

    /// <summary>Bytes allocated by that.</summary>
    public required double AllocatedBytes { get; init; }

    /// <summary>To read an executionReport of a fill into messages, nanoseconds.</summary>
    public required double ParseNs { get; init; }

    public required double ParseAllocatedBytes { get; init; }

    /// <summary>To read a depth update of <see cref="DepthLevels"/> levels and apply it to its book, nanoseconds.
    /// </summary>
    public required double ParseDepthNs { get; init; }

    public required int DepthLevels { get; init; }

    /// <summary>A new order and its answer, by the WebSocket API of the simulator on the loopback, microseconds.
    /// </summary>
    public required double RttUsP50 { get; init; }

    public required double RttUsP99 { get; init; }

    /// <summary>Likewise over REST.</summary>
    public required double RestRttUsP50 { get; init; }

    public required double RestRttUsP99 { get; init; }

    /// <summary>Of each way.</summary>
    public required int Orders { get; init; }

    public required double RssMb { get; init; }

    /// <summary>The simulator is one of them.</summary>
    public required double OthersCpuPercent { get; init; }
}
