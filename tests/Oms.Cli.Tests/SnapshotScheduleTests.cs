using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.Journal.Snapshots;
using Oms.Testing;

namespace Oms.Cli.Tests;

public sealed class SnapshotScheduleTests : IDisposable
{
    private const int TickRecordBytes = LogWriter.RecordOverheadBytes + Tick.Length;
    private const int EveryBytes = 100 * TickRecordBytes;

    private readonly TemporaryFolder _folder = new("schedule");
    private readonly FakeTimeProvider _clock = new();
    private readonly DataFolder _data;
    private readonly SupervisorTimings _timings = new();

    public SnapshotScheduleTests()
    {
        _data = new(_folder["data"]);
        _ = Directory.CreateDirectory(_data.ProcessLogs);
    }

    private string RunsFile => _folder["runs"];

    private int Runs => File.Exists(RunsFile) ? File.ReadAllLines(RunsFile).Length : 0;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_snapshot_is_due_after_so_many_bytes_of_log()
    {
        using var launcher = new Launcher(_data, TimeProvider.System);
        SnapshotSchedule schedule = Schedule(launcher, exitCode: 0);
        Assert.False(schedule.IsDue());
        Grow(99);
        Assert.False(schedule.IsDue());
        Grow(1);
        Assert.True(schedule.IsDue());
        Snapshot(60);
        Assert.False(schedule.IsDue());
        Grow(59);
        Assert.False(schedule.IsDue());
        Grow(1);
        Assert.True(schedule.IsDue());
        Snapshot(160);
        Assert.False(schedule.IsDue());

        // A damaged one is none.
        File.WriteAllText(new SnapshotFolder(_data.Snapshots).NewestFirst.First(), "no snapshot");
        Assert.True(schedule.IsDue());
    }

    [Fact]
    public async Task It_is_made_by_one_run_at_a_time_and_after_a_failure_not_at_once_again()
    {
        using var launcher = new Launcher(_data, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        Task watching = Schedule(launcher, exitCode: 1).WatchAsync(stop.Token);
        Grow(100);
        await Eventually.True(() => RunsAfterALook() == 1);
        DateTimeOffset first = _clock.GetUtcNow();
        await Eventually.True(() => RunsAfterALook() == 2);
        Assert.True(_clock.GetUtcNow() - first >= _timings.SnapshotPauseAfterFailure);
        await stop.CancelAsync();
        await watching;
        Assert.Equal(2, Runs);
    }

    private int RunsAfterALook()
    {
        _clock.Advance(_timings.SnapshotLookInterval);
        return Runs;
    }

    private SnapshotSchedule Schedule(Launcher launcher, int exitCode)
    {
        var run = new ProcessDefinition
        {
            Name = "snapshot",
            Program = "/bin/sh",
            Arguments = ["-c", $"echo run >> '{RunsFile}'; exit {exitCode}"],
            Address = "",
            HealthUri = null,
            Needs = [],
        };
        return new(run, _data, EveryBytes, launcher, _timings, _clock, NullLogger.Instance);
    }

    private void Grow(int records)
    {
        using var log = new FolderLog(_data.Log);
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        for (int i = 0; i < records; i++)
        {
            log.Append(MessageBytes.Of(in tick));
        }

        log.Commit();
        log.Sync();
    }

    private void Snapshot(long record) => new SnapshotFolder(_data.Snapshots).Write(
        1, new LogPoint(record * TickRecordBytes, record, 0, 0), 0, static _ => { }, static _ => { });
}
