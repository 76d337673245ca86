using System.Collections.Immutable;

namespace Oms.Cli.Inspection;

/// <summary>What FastPath did during an interval, and how it stands at its end.</summary>
internal sealed record TopReport
{
    public required double IntervalSeconds { get; init; }

    public required double InputsPerSecond { get; init; }

    public required double EventsPerSecond { get; init; }

    public required double RequestsPerSecond { get; init; }

    /// <summary>Share of the duty cycle's turns in which there was work, in percent.</summary>
    public required double BusyPercent { get; init; }

    /// <summary>Of all turns since FastPath first ran in this region.</summary>
    public required long CycleNsLongest { get; init; }

    /// <summary>Counters that say how things stand, by name.</summary>
    public required ImmutableSortedDictionary<string, long> Now { get; init; }

    /// <summary>Inputs of the interval, by kind.</summary>
    public required ImmutableSortedDictionary<string, long> Inputs { get; init; }

    /// <summary>Execution reports of the interval, by type.</summary>
    public required ImmutableSortedDictionary<string, long> Executions { get; init; }

    /// <summary>Refusals since FastPath first ran in this region, by reason.</summary>
    public required ImmutableSortedDictionary<string, long> Rejects { get; init; }

    public required ImmutableArray<StageRow> Stages { get; init; }

    /// <summary>Rings that both of their ends have come to.</summary>
    public required ImmutableArray<RingRow> Rings { get; init; }
}
