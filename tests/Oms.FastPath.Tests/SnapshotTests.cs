using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.FastPath.Recovery;
using Oms.FastPath.Snapshots;
using Oms.Journal;
using Oms.Journal.Checkpoints;
using Oms.Journal.Snapshots;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>A snapshot and the log behind it are the whole log.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private const int SegmentBytes = 20_000;

    private readonly TemporaryFolder _folder = new("snapshots");
    private readonly List<string> _said = [];
    private RecordedLog _recorded = null!; // Set before each test.

    private DataFolder Data => new(_folder["data"]);

    private LogFolder Log => new(Data.Log);

    private SnapshotStore Store => new(new SnapshotFolder(Data.Snapshots), Log);

    private string[] Snapshots => [.. new SnapshotFolder(Data.Snapshots).NewestFirst];

    public async ValueTask InitializeAsync()
    {
        _recorded = await RecordedLog.RecordAsync(ordersPerLife: 40);
        _recorded.WriteTo(_folder["whole"], 0, _recorded.Count);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_snapshot_behind_any_record_and_the_rest_of_the_log_give_the_state_of_the_whole_log()
    {
        LogReplay whole = Replay(_folder["whole"], new LogReplay(LiveRings.None), default);
        int afterInput = 0;
        for (int cut = 1; cut < _recorded.Count; cut += 7)
        {
            // Behind an input, the events that it caused are derived and not logged yet.
            afterInput += _recorded.IsInput(cut - 1) ? 1 : 0;
            Directory.CreateDirectory(_folder["data"]);
            _recorded.WriteTo(Data.Log, 0, cut);
            Snapshot();
            _recorded.WriteTo(Data.Log, cut, _recorded.Count);

            ReplayStart start = Store.Newest(LiveRings.None, _said.Add);
            Assert.Equal(cut, start.Point.RecordSequence);
            ExpectSame(whole, Replay(Data.Log, start.Replay, start.Point));
            Assert.Empty(_said);
            Directory.Delete(_folder["data"], recursive: true);
        }

        Assert.True(afterInput > 5);
    }

    [Fact]
    public void Requests_that_nobody_has_said_are_in_the_snapshot()
    {
        LiveRings rings = RingsOfTheEnd() with { LastRequestPublished = 5 };
        LogReplay whole = Replay(_folder["whole"], new LogReplay(rings), default);
        Assert.False(whole.RequestsToPublish.IsEmpty);
        _recorded.WriteTo(Data.Log, 0, _recorded.Count - 1);
        Snapshot(rings);
        _recorded.WriteTo(Data.Log, _recorded.Count - 1, _recorded.Count);

        ReplayStart start = Store.Newest(rings, _said.Add);
        ExpectSame(whole, Replay(Data.Log, start.Replay, start.Point));

        // What was said meanwhile is left out, and with other rings the sessions are over.
        LiveRings later = rings with { LastRequestPublished = 20 };
        ReplayStart afterSome = Store.Newest(later, _said.Add);
        Assert.True(start.Replay.RequestsToPublish.EndsWith(afterSome.Replay.RequestsToPublish));
        Assert.True(afterSome.Replay.RequestsToPublish.Length < start.Replay.RequestsToPublish.Length);
        LiveRings others = rings with
        {
            Inbound = [.. rings.Inbound.Select(ring => ring with { Incarnation = ring.Incarnation + 1 })],
        };
        Assert.True(Store.Newest(others, _said.Add).Replay.RequestsToPublish.IsEmpty);
    }

    [Fact]
    public void A_damaged_snapshot_is_passed_over_with_a_word_and_the_one_before_is_used()
    {
        ImmutableArray<int> cuts = [_recorded.Count / 3, _recorded.Count / 2, _recorded.Count - 3];
        WriteSnapshotsAt(cuts);
        string[] newestFirst = Snapshots;
        byte[] newest = File.ReadAllBytes(newestFirst[0]);
        for (int offset = 0; offset < newest.Length; offset += offset < 128 ? 7 : 1009)
        {
            byte[] damaged = [.. newest];
            damaged[offset] ^= 1;
            File.WriteAllBytes(newestFirst[0], damaged);
            Assert.Equal(cuts[1], Store.Newest(LiveRings.None, _said.Add).Point.RecordSequence);
            Assert.StartsWith($"{newestFirst[0]} cannot be used: ", Assert.Single(_said));
            _said.Clear();
        }

        File.WriteAllBytes(newestFirst[0], newest[..^1]);
        File.WriteAllBytes(newestFirst[1], []);
        Assert.Equal(cuts[0], Store.Newest(LiveRings.None, _said.Add).Point.RecordSequence);
        Assert.Equal(2, _said.Count);
        File.WriteAllBytes(newestFirst[2], newest[..64]);
        Assert.Equal(default, Store.Newest(LiveRings.None, _said.Add).Point);
        File.WriteAllBytes(newestFirst[0], newest);
        Assert.Equal(cuts[2], Store.Newest(LiveRings.None, _said.Add).Point.RecordSequence);
    }

    [Fact]
    public void A_snapshot_of_another_log_or_from_beyond_this_one_is_passed_over()
    {
        WriteSnapshotsAt([_recorded.Count / 2, _recorded.Count]);
        Directory.Delete(Data.Log, recursive: true);
        _recorded.WriteTo(Data.Log, 0, _recorded.Count);
        Assert.Equal(default, Store.Newest(LiveRings.None, _said.Add).Point);
        Assert.All(_said, said => Assert.EndsWith("is not used: the log does not have its place", said));
        Assert.Equal(2, _said.Count);
    }

    [Fact]
    public void Nothing_new_is_no_reason_for_a_snapshot()
    {
        WriteSnapshotsAt([_recorded.Count]);
        DateTime written = File.GetLastWriteTimeUtc(Assert.Single(Snapshots));
        Snapshot();
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Snapshots)));
    }

    [Fact]
    public void A_damaged_log_makes_no_snapshot_and_removes_nothing()
    {
        _recorded.WriteTo(Data.Log, 0, _recorded.Count, SegmentBytes);
        new CheckpointFolder(Data.Checkpoints).Write(RingTopology.SiloConsumer, long.MaxValue);
        string damaged = Log.SegmentPaths[1];
        byte[] bytes = File.ReadAllBytes(damaged);
        bytes[1000] ^= 1;
        File.WriteAllBytes(damaged, bytes);
        int segments = Log.SegmentPaths.Length;

        Assert.Equal(damaged, Assert.Throws<LogDamagedException>(() => Snapshot()).Path);
        Assert.Empty(Snapshots);
        Assert.Equal(segments, Log.SegmentPaths.Length);
    }

    [Fact]
    public void Only_so_many_snapshots_are_kept_and_only_the_log_that_they_need()
    {
        long end = 0;
        var checkpoints = new CheckpointFolder(Data.Checkpoints);
        checkpoints.Write(RingTopology.SiloConsumer, long.MaxValue);
        for (int snapshots = 1; snapshots <= 8; snapshots++)
        {
            int cut = _recorded.Count * snapshots / 8;
            _recorded.WriteTo(Data.Log, (int)end, cut, SegmentBytes);
            end = cut;
            Snapshot();
            Assert.Equal(Math.Min(snapshots, 2), Snapshots.Length);
        }

        Assert.True(Log.Oldest.RecordSequence > 0);
        LogPoint oldest = SnapshotStore.PointOf(Snapshots[1])!.Value;
        Assert.True(Log.Oldest.Position <= oldest.Position);
        Assert.True(Log.Holds(in oldest));

        // Were the newest one damaged, the start would still be the same.
        File.WriteAllBytes(Snapshots[0], []);
        ReplayStart start = Store.Newest(LiveRings.None, _said.Add);
        LogReplay whole = Replay(_folder["whole"], new LogReplay(LiveRings.None), default);
        ExpectSame(whole, Replay(Data.Log, start.Replay, start.Point));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100)]
    public void No_segment_is_removed_that_a_consumer_needs(int consumed)
    {
        var checkpoints = new CheckpointFolder(Data.Checkpoints);
        _recorded.WriteTo(Data.Log, 0, _recorded.Count - 20, SegmentBytes);
        Snapshot();
        Assert.Equal(0, Log.Oldest.RecordSequence);
        checkpoints.Write("gateway", long.MaxValue);
        _recorded.WriteTo(Data.Log, _recorded.Count - 20, _recorded.Count - 10, SegmentBytes);
        Snapshot();
        Assert.Equal(0, Log.Oldest.RecordSequence);
        checkpoints.Write(RingTopology.SiloConsumer, consumed);
        _recorded.WriteTo(Data.Log, _recorded.Count - 10, _recorded.Count, SegmentBytes);
        Snapshot();

        Assert.True(Log.Oldest.LogSequence <= consumed);
        Assert.Equal(consumed >= 50, Log.Oldest.RecordSequence > 0);
        using LogReader reader = LogReader.After(Data.Log, consumed);
        Assert.True(reader.TryRead(out _));
    }

    [Fact]
    public void So_much_log_is_kept_as_is_configured()
    {
        new CheckpointFolder(Data.Checkpoints).Write(RingTopology.SiloConsumer, long.MaxValue);
        _recorded.WriteTo(Data.Log, 0, _recorded.Count, SegmentBytes);
        Snapshot(retentionBytes: SegmentBytes * 2);
        long kept = Log.DurablePosition!.Value - Log.Oldest.Position;
        Assert.InRange(kept, SegmentBytes * 2, SegmentBytes * 3);
    }

    [Fact]
    public void A_log_of_which_the_beginning_is_gone_is_proved_from_a_snapshot_on()
    {
        new CheckpointFolder(Data.Checkpoints).Write(RingTopology.SiloConsumer, long.MaxValue);
        WriteSnapshotsAt([_recorded.Count / 2, _recorded.Count * 3 / 4]);
        VerifiedLog verified = new VerifyRun(Log, Store.Oldest(_said.Add)).Verify();
        LogReplay whole = Replay(_folder["whole"], new LogReplay(LiveRings.None), default);
        Assert.Equal(
            (_recorded.Count * 3 / 4, (_recorded.Count / 2) + 1, Log.SegmentPaths.Length),
            (verified.LastRecord, verified.ReplayedFromRecord, verified.Segments));
        Assert.True(verified.FirstRecord > 1);

        _recorded.WriteTo(Data.Log, _recorded.Count * 3 / 4, _recorded.Count, SegmentBytes);
        verified = new VerifyRun(Log, Store.Oldest(_said.Add)).Verify();
        Assert.Equal($"{whole.Engine.View.StateHash():x16}", verified.StateHash);
        Assert.Equal(
            _recorded.Count - (_recorded.Count / 2), verified.ReplayedInputs + verified.ReplayedEvents);
        foreach (string snapshot in Snapshots)
        {
            File.Delete(snapshot);
        }

        _ = Assert.Throws<InvalidDataException>(() => Store.Oldest(_said.Add));
    }

    private static LogReplay Replay(string logFolder, LogReplay replay, LogPoint from)
    {
        _ = new LogFolder(logFolder).Read(in from, replay.Visit);
        return replay;
    }

    private static void ExpectSame(LogReplay expected, LogReplay actual)
    {
        Assert.Equal(expected.Engine.View.StateHash(), actual.Engine.View.StateHash());
        Assert.Equal(expected.LastUnixNanos, actual.LastUnixNanos);
        Assert.True(expected.EventsToLog.SequenceEqual(actual.EventsToLog));
        Assert.True(expected.RequestsToPublish.SequenceEqual(actual.RequestsToPublish));
    }

    private void WriteSnapshotsAt(ImmutableArray<int> cuts)
    {
        int written = 0;
        foreach (int cut in cuts)
        {
            _recorded.WriteTo(Data.Log, written, cut, SegmentBytes);
            written = cut;
            Snapshot(kept: 3);
        }

        Assert.Equal(cuts.Length, Snapshots.Length);
    }

    private void Snapshot(LiveRings? rings = null, int kept = 2, long retentionBytes = 0)
    {
        var configuration = new LogConfiguration { SnapshotsKept = kept, RetentionBytes = retentionBytes };
        new SnapshotRun(Data, configuration, TextWriter.Null).Run(rings ?? LiveRings.None);
    }

    /// <summary>The rings that the log was last attached to.</summary>
    private LiveRings RingsOfTheEnd()
    {
        var rings = new Dictionary<int, RingIdentity>();
        _ = new LogFolder(_folder["whole"]).Read(default, record =>
        {
            if (MessageBytes.Header(record.Message).Kind == MessageKind.RingAttached)
            {
                RingAttached ring = MessageBytes.As<RingAttached>(record.Message);
                rings[ring.RingNumber] = new(ring.RingNumber, ring.Name.ToString(), ring.Incarnation);
            }
        });
        return new([.. rings.Values], 0);
    }
}
