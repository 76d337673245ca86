namespace Oms.Journal.Tests;

public sealed class LogCopierTests : IDisposable
{
    private const int SegmentBytes = 2048;

    private readonly TestLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void What_is_written_is_synced_after_the_interval()
    {
        using OpenLog open = _log.Open();
        open.Write(3);
        open.Copy();
        Assert.Equal((open.Writer.End.Position, 0), (_log.Head.WrittenPosition, _log.Head.DurablePosition));
        _log.Clock.Advance(LogSettings.SyncIntervalOfMemory - TimeSpan.FromTicks(1));
        _ = open.Copier.RunOnce();
        Assert.Equal(0, _log.Head.DurablePosition);
        _log.Clock.Advance(TimeSpan.FromTicks(1));
        _ = open.Copier.RunOnce();
        Assert.Equal(
            (open.Writer.End.Position, 3), (_log.Head.DurablePosition, _log.Head.DurableLogSequence));
    }

    [Fact]
    public void Without_an_interval_each_write_is_synced_at_once()
    {
        var settings = new LogSettings { SyncInterval = TimeSpan.Zero };
        using var open = new OpenLog(_log, settings, _log.Clock);
        for (int record = 1; record <= 5; record++)
        {
            open.Write(1);
            _ = open.Copier.RunOnce();
            Assert.Equal(record, _log.Head.DurableLogSequence);
        }
    }

    [Fact]
    public void A_head_that_fills_up_is_synced_before_the_interval()
    {
        using OpenLog open = _log.Open();
        while (open.Writer.End.Position < LogHead.CapacityBytesMin / 8)
        {
            open.Write(1);
        }

        open.Copy();
        Assert.Equal(open.Writer.End.Position, _log.Head.DurablePosition);
    }

    [Fact]
    public void A_copier_that_has_nothing_to_copy_prepares_zeros_and_no_more_than_a_segment()
    {
        using OpenLog open = _log.Open(segmentBytes: 1_000_000);
        open.Write(1);
        open.Copy();
        while (open.Copier.RunOnce() > 0)
        {
        }

        Assert.Equal(1_000_000, new FileInfo(_log.Segments[0]).Length);
        open.Write(1);
        open.Copier.Drain();
        Assert.Equal(1_000_000, new FileInfo(_log.Segments[0]).Length);
        Assert.Equal(2, _log.Recover().End.RecordSequence);
        _log.LoseHead();
        Assert.Equal(2, _log.Recover().End.RecordSequence);
    }

    [Fact]
    public void A_segment_that_is_followed_ends_with_its_last_record()
    {
        using (OpenLog open = _log.Open(SegmentBytes))
        {
            for (int record = 0; record < 60; record++)
            {
                open.Write(1);
                open.Copier.Drain();
                while (open.Copier.RunOnce() > 0)
                {
                }
            }
        }

        Assert.True(_log.Segments.Count > 3);
        Assert.Equal(60, _log.Recover().End.RecordSequence);
        using LogReader reader = LogReader.FromStart(_log.Folder);
        while (reader.TryRead(out _))
        {
        }

        Assert.Equal(60, reader.Point.RecordSequence);
    }

    [Fact]
    public void A_disk_that_fails_stops_the_copier_and_it_goes_on_when_the_disk_does()
    {
        using OpenLog open = _log.Open(SegmentBytes);
        string obstacle = "";
        int records = 0;
        while (open.Copier.Failure.Length == 0)
        {
            open.Write(1);
            records++;
            if (obstacle.Length == 0 && open.Writer.End.Position >= SegmentBytes - SegmentHeader.Length)
            {
                obstacle = Path.Combine(_log.Folder, $"{records + 1:D20}.log");
                _ = Directory.CreateDirectory(obstacle);
            }

            _ = open.Copier.RunOnce();
        }

        open.Write(100);
        Assert.Equal(records - 1, DurableAfter(open, LogCopier.RetryInterval));
        Directory.Delete(obstacle);
        Assert.Equal(records - 1, DurableAfter(open, LogCopier.RetryInterval - TimeSpan.FromTicks(1)));
        Assert.NotEqual("", open.Copier.Failure);
        Assert.Equal(records + 100, DurableAfter(open, LogCopier.RetryInterval));
        Assert.Equal("", open.Copier.Failure);
        Assert.Equal(records + 100, _log.Recover().End.RecordSequence);
    }

    /// <summary>
    /// Lets some time pass, and then works without pause, as long as there is work and some more.
    /// </summary>
    private long DurableAfter(OpenLog open, TimeSpan time)
    {
        _log.Clock.Advance(time);
        for (int idle = 0; idle < 3;)
        {
            idle = open.Copier.RunOnce() == 0 ? idle + 1 : 0;
        }

        _log.Clock.Advance(open.Copier.Failure.Length > 0 ? TimeSpan.Zero : LogSettings.SyncIntervalOfMemory);
        _ = open.Copier.RunOnce();
        return _log.Head.DurableLogSequence;
    }
}
