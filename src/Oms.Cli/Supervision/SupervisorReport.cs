using System.Collections.Immutable;
using Oms.Cli.Linux;

namespace Oms.Cli.Supervision;

/// <summary><c>run/supervisor.json</c>: who supervises this data folder, and what it knows.</summary>
internal sealed record SupervisorReport
{
    public required int Pid { get; init; }

    public required long StartTicks { get; init; }

    public required SupervisorPhase Phase { get; init; }

    public required string Configs { get; init; }

    public required ImmutableArray<ProcessReport> Processes { get; init; }

    public ProcessIdentity Identity() => new(Pid, StartTicks);
}
