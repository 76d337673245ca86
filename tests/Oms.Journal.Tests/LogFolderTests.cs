namespace Oms.Journal.Tests;

public sealed class LogFolderTests : IDisposable
{
    private const int Records = 60;
    private const int SegmentBytes = 1024;

    private readonly TestLog _log = new();

    private LogFolder Folder => new(_log.Folder);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_folder_without_a_log_says_so()
    {
        Assert.Equal((0, default, null), (Folder.LogId, Folder.Oldest, Folder.DurablePosition));
        Assert.Empty(Folder.SegmentPaths);
        Assert.True(Folder.Holds(default));
        Assert.Equal(default, Folder.Read(default, _ => Assert.Fail("there is no record")));
    }

    [Fact]
    public void Every_place_between_two_records_is_held_and_no_other()
    {
        _log.Write(Records, SegmentBytes);
        List<LogPoint> points = Points();
        foreach (LogPoint point in points)
        {
            Assert.True(Folder.Holds(in point));
            Assert.False(Folder.Holds(point with { Position = point.Position + 32 }));
            Assert.False(Folder.Holds(point with { ChainHash = point.ChainHash ^ 1 }));
            Assert.False(Folder.Holds(point with { RecordSequence = point.RecordSequence + 1 }));
            Assert.Equal(points[^1], _log.RecoverFrom(point).End);
        }
    }

    [Fact]
    public void What_is_not_on_the_disk_yet_is_not_read()
    {
        using OpenLog open = _log.Open();
        open.Write(10);
        open.Copier.Drain();
        open.Write(5);
        open.Copy();
        long read = 0;
        LogPoint end = Folder.Read(default, record => read = record.RecordSequence);
        Assert.Equal((10, 10), (read, end.RecordSequence));
    }

    [Fact]
    public void A_log_that_breaks_before_what_was_on_the_disk_is_damaged()
    {
        _log.Write(Records, SegmentBytes);
        foreach (string segment in _log.Segments)
        {
            byte[] whole = File.ReadAllBytes(segment);
            byte[] broken = [.. whole];
            broken[^1] ^= 1;
            File.WriteAllBytes(segment, broken);
            LogDamagedException damaged =
                Assert.Throws<LogDamagedException>(() => Folder.Read(default, static _ => { }));
            Assert.Equal(segment, damaged.Path);
            File.Delete(_log.Mark);
            _ = segment == _log.Segments[^1]
                ? null
                : Assert.Throws<LogDamagedException>(() => Folder.Read(default, static _ => { }));
            File.WriteAllBytes(segment, whole);
            _log.Write(0, SegmentBytes);
        }
    }

    [Fact]
    public void Segments_are_removed_from_the_oldest_on_as_far_as_nobody_needs_them()
    {
        _log.Write(Records, SegmentBytes);
        List<LogPoint> points = Points();
        int segments = _log.Segments.Count;
        foreach ((LogPoint before, long consumed, long retentionBytes) in new[]
        {
            (points[0], long.MaxValue, 0L),
            (points[^1], 0L, 0L),
            (points[^1], long.MaxValue, long.MaxValue),
        })
        {
            Assert.Equal(0, Folder.Trim(in before, consumed, retentionBytes));
        }

        int removed = 0;
        foreach (LogPoint point in points)
        {
            removed += Folder.Trim(in point, long.MaxValue, 0);
            Assert.Equal(segments - removed, _log.Segments.Count);
            Assert.True(Folder.Oldest.Position <= point.Position);
            Assert.True(Folder.Holds(in point));
            Assert.Equal(Records, _log.RecoverFrom(point).End.RecordSequence);
        }

        Assert.Equal(segments - 1, removed);
    }

    [Fact]
    public void So_many_bytes_are_kept_although_nobody_needs_them()
    {
        _log.Write(Records, SegmentBytes);
        LogPoint end = Points()[^1];
        for (long retentionBytes = end.Position; retentionBytes >= 0; retentionBytes -= SegmentBytes / 3)
        {
            _ = Folder.Trim(in end, long.MaxValue, retentionBytes);
            long kept = end.Position - Folder.Oldest.Position;
            Assert.True(kept >= retentionBytes);
            // One more would have been too few.
            Assert.True(_log.Segments.Count == 1 || kept - BytesOf(_log.Segments[0]) < retentionBytes);
        }

        long BytesOf(string segment)
        {
            Assert.True(Segments.TryReadHeader(segment, out SegmentHeader header));
            Assert.True(Segments.TryReadHeader(_log.Segments[1], out SegmentHeader next));
            return next.FirstPosition - header.FirstPosition;
        }
    }

    [Fact]
    public void What_a_consumer_has_not_seen_stays()
    {
        _log.Write(Records, SegmentBytes);
        LogPoint end = Points()[^1];
        for (long consumed = 0; consumed <= Records; consumed++)
        {
            _ = Folder.Trim(in end, consumed, 0);
            Assert.True(Folder.Oldest.LogSequence <= consumed);
            using LogReader reader = LogReader.After(_log.Folder, consumed);
        }

        Assert.Single(_log.Segments);
    }

    [Fact]
    public void A_drained_head_may_go()
    {
        using (OpenLog open = _log.Open(SegmentBytes))
        {
            open.Write(Records / 2);
            open.Copier.Drain();
            open.Write(Records / 2);
            while (open.Copier.RunOnce() > 0)
            {
            }

            open.Write(Records / 2);
        }

        var settings = new LogSettings { SegmentBytes = SegmentBytes, SyncInterval = TimeSpan.Zero };
        long waiting = _log.Head.CommittedPosition - _log.Head.DurablePosition;
        Assert.Equal(waiting, LogDrain.Run(_log.Folder, _log.Head, settings, _log.Clock));
        Assert.Equal(0, LogDrain.Run(_log.Folder, _log.Head, settings, _log.Clock));
        _log.LoseHead();
        LogTail tail = _log.Recover();
        Assert.Equal(Records / 2 * 3, tail.End.RecordSequence);
        using (LogReader reader = LogReader.FromSegmentOf(_log.Folder, tail.End))
        {
            reader.GoTo(tail.End);
            Assert.Equal(new FileInfo(_log.Segments[^1]).Length, reader.OffsetBytes);
        }

        Assert.Equal(0, LogDrain.Run(_log.Folder, _log.Head, settings, _log.Clock));
    }

    /// <summary>The places before, between and behind all records.</summary>
    private List<LogPoint> Points()
    {
        var points = new List<LogPoint> { default };
        using LogReader reader = LogReader.FromStart(_log.Folder);
        while (reader.TryRead(out _))
        {
            points.Add(reader.Point);
        }

        return points;
    }
}
