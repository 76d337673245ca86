namespace Oms.Cli.Supervision;

/// <summary>What the supervisor knows of a process, as the state file keeps it.</summary>
internal sealed record ProcessReport
{
    public required string Name { get; init; }

    /// <summary>Null while there is none.</summary>
    public int? Pid { get; init; }

    public long? StartTicks { get; init; }

    public required SupervisedState State { get; init; }

    public required string Address { get; init; }

    public required Uri? HealthUri { get; init; }

    public required int Restarts { get; init; }

    /// <summary>How its predecessor ended; empty when there was none.</summary>
    public required string LastEnding { get; init; }

    public required string Detail { get; init; }
}
