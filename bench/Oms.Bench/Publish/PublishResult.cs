namespace Oms.Bench.Publish;

/// <summary>What <c>publish</c> found.</summary>
internal sealed record PublishResult
{
    public string Bench { get; } = "publish";

    /// <summary>Of accounts; each event is one message of one of them.</summary>
    public required int Streams { get; init; }

    /// <summary>In the prepared log, those that warm up left out.</summary>
    public required long Events { get; init; }

    /// <summary>Of the prepared log per second, acknowledged by the server and behind the checkpoint.</summary>
    public required double EventsPerS { get; init; }

    /// <summary>What the publishing process computed for each, microseconds: no other process shows in it.</summary>
    public required double CpuUsPerEvent { get; init; }

    /// <summary>And what the server did.</summary>
    public required double ServerCpuUsPerEvent { get; init; }

    /// <summary>Events that then came in per second, for the next figures.</summary>
    public required int LagRatePerS { get; init; }

    /// <summary>From when an event was due until it was acknowledged and behind the checkpoint, milliseconds.</summary>
    public required double LagMsP50 { get; init; }

    public required double LagMsP99 { get; init; }

    public required double LagMsMax { get; init; }

    /// <summary>Messages that the streams hold in the end; each event once.</summary>
    public required long Stored { get; init; }

    public required bool IsComplete { get; init; }

    /// <summary>Of the process that publishes.</summary>
    public required double RssMb { get; init; }

    public required double ServerRssMb { get; init; }

    /// <summary>The server is one of them.</summary>
    public required double OthersCpuPercent { get; init; }
}
