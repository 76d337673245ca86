using System.Collections.Immutable;

namespace Oms.Cli.Supervision;

/// <summary>How a process is started, and how it is known to be ready.</summary>
internal sealed record ProcessDefinition
{
    public required string Name { get; init; }

    public required string Program { get; init; }

    /// <summary>Visible to every user of the host: no secret stands here.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>Where it listens; empty when it does not.</summary>
    public required string Address { get; init; }

    /// <summary>Answers GET with success when it is ready; null where its health file says so.</summary>
    public required Uri? HealthUri { get; init; }

    /// <summary>The processes that must be ready before this one is started for the first time.</summary>
    public required ImmutableArray<string> Needs { get; init; }
}
