namespace Oms.Cli.Supervision;

/// <summary>How long the supervisor waits for what.</summary>
internal sealed record SupervisorTimings
{
    /// <summary>Between two looks at all processes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A process that was heard and then is silent for longer hangs.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A process that was never heard since its start hangs after this.</summary>
    public TimeSpan FirstSignMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the first launch until all are ready.</summary>
    public TimeSpan StartMax { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public TimeSpan StopMax { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A process that was ready for so long starts again without delay.</summary>
    public TimeSpan BackoffForgottenAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks at how much the log has grown.</summary>
    public TimeSpan SnapshotLookInterval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan SnapshotPauseAfterFailure { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A process that dies so often before it was ever ready fails the start.</summary>
    public int DeathsBeforeReadyMax { get; init; } = 3;
}
