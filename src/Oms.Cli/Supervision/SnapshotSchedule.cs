using Microsoft.Extensions.Logging;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;
using Oms.Journal;
using Oms.Journal.Snapshots;

namespace Oms.Cli.Supervision;

/// <summary>
/// Lets a snapshot be made each time the log has grown by so many bytes. One run at a time.
/// </summary>
internal sealed class SnapshotSchedule(
    ProcessDefinition run,
    DataFolder data,
    long everyBytes,
    Launcher launcher,
    SupervisorTimings timings,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>Returns when it is cancelled, and then no run is left.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(timings.SnapshotLookInterval, clock);
        DateTimeOffset notBefore = DateTimeOffset.MinValue;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                if (clock.GetUtcNow() >= notBefore && IsDue() && !await TryMakeAsync(cancellation))
                {
                    notBefore = clock.GetUtcNow() + timings.SnapshotPauseAfterFailure;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping is what cancels it.
        }
    }

    /// <summary>Whether the log has grown enough since the newest snapshot.</summary>
    public bool IsDue()
    {
        try
        {
            var log = new LogFolder(data.Log);
            string? newest = new SnapshotFolder(data.Snapshots).NewestFirst.FirstOrDefault();
            LogPoint since = newest is null ? log.Oldest : SnapshotFile.Open(newest).Point;
            return log.DurablePosition is { } durable && durable - since.Position >= everyBytes;
        }
        catch (InvalidDataException)
        {
            // The newest is damaged: time for another.
            return true;
        }
        catch (Exception problem) when (problem is IOException or LogDamagedException)
        {
            // FastPath says what is wrong with its log.
            return false;
        }
    }

    private async Task<bool> TryMakeAsync(CancellationToken cancellation)
    {
        LaunchedProcess process;
        try
        {
            process = await launcher.LaunchAsync(run);
        }
        catch (RefusedException problem)
        {
            Log.SnapshotFailed(logger, problem.Message);
            return false;
        }

        await using (process)
        {
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                // What it has written so far is a draft, and nobody's loss.
                _ = Signals.Send(process.Identity, Signals.Kill);
                throw;
            }

            if (process.ExitCode == 0)
            {
                Log.SnapshotMade(logger);
                return true;
            }

            Log.SnapshotFailed(logger, process.Ending);
            return false;
        }
    }
}
