using Oms.Domain;
using Oms.Peer;
using Oms.SharedMemory.Regions;

namespace Oms.Journal.Tests;

/// <summary>
/// The process died, and the machine lives: what was committed is in the segments or in the head.
/// </summary>
public sealed class LogHeadTests : IDisposable
{
    private const int RecordsOffset = 4096;

    private readonly TestLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void What_no_copier_ever_saw_is_recovered()
    {
        using (OpenLog open = _log.Open())
        {
            open.Write(20);
        }

        LogTail tail = _log.Recover();
        Assert.Equal((20, 0), (tail.End.RecordSequence, tail.Durable.RecordSequence));
        _log.Write(1);
        _log.LoseHead();
        Assert.Equal(21, _log.Recover().End.RecordSequence);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(600)]
    public void At_whatever_record_and_byte_the_copier_died_the_same_records_are_recovered(int segmentBytes)
    {
        const int Committed = 14;
        for (int synced = 0; synced <= Committed; synced++)
        {
            for (int written = synced; written <= Committed; written++)
            {
                using var log = new TestLog();
                using (OpenLog open = log.Open(segmentBytes))
                {
                    open.Write(synced);
                    open.Copier.Drain();
                    open.Write(written - synced);
                    open.Copy();
                    open.Write(Committed - written);
                    open.Append();
                }

                Assert.Equal(Committed, log.Recover().End.RecordSequence);
                DieInMidWrite(log, log.Head.DurablePosition);
                Assert.Equal(Committed, log.Recover().End.RecordSequence);
                log.Write(1, segmentBytes);
                log.LoseHead();
                Assert.Equal(Committed + 1, log.Recover().End.RecordSequence);
            }
        }
    }

    [Fact]
    public void A_head_that_was_filled_many_times_is_recovered_wherever_it_ends()
    {
        for (int records = 900; records < 930; records++)
        {
            using var log = new TestLog();
            using (OpenLog open = log.Open(1 << 20))
            {
                open.Write(records);
            }

            Assert.True(log.Head.CommittedPosition > 2 * LogHead.CapacityBytesMin);
            Assert.True(log.Head.DurablePosition < log.Head.CommittedPosition);
            Assert.Equal(records, log.Recover().End.RecordSequence);
        }
    }

    [Fact]
    public void A_killed_writer_and_copier_lose_nothing_that_was_committed()
    {
        using LogReader reader = LogReader.FromStart(_log.Folder);
        long read = 0;
        for (int kill = 0; kill < 4; kill++)
        {
            using (PeerProcess writer = PeerProcess.Start("append-log", _log.Folder, "300000"))
            {
                long killAt = read + 5_000;
                Poll.Until(() => (read = ReadAll(reader, read)) >= killAt);
                writer.Kill();
            }

            using SharedBlock block = LogPeer.OpenHead(_log.Folder);
            LogHead head = LogPeer.HeadIn(block);
            long next = 1;
            LogTail tail = LogRecovery.Recover(_log.Folder, head, default, record =>
            {
                Assert.Equal(next, record.RecordSequence);
                Assert.True(NumberedMessage.Is(next++, record.Message));
            });
            Assert.True(tail.IsHeadKept);
            Assert.Equal((next - 1, head.CommittedPosition), (tail.End.RecordSequence, tail.End.Position));
            read = ReadAll(reader, read);
            Assert.True(tail.End.RecordSequence >= read);
        }

        Assert.True(_log.Segments.Count > 5);
        SharedRegion.ForDataFolder(_log.Folder).Delete();
    }

    [Fact]
    public void A_head_of_another_log_is_not_believed()
    {
        using (OpenLog open = _log.Open())
        {
            open.Write(20);
            open.Copier.Drain();
            open.Write(5);
        }

        foreach (string file in Directory.GetFiles(_log.Folder))
        {
            File.Delete(file);
        }

        Assert.Equal(0, _log.Recover().LogId);
        using (var other = new TestLog())
        {
            other.Clock.Advance(TimeSpan.FromHours(1));
            other.Write(10);
            File.Copy(other.Segments[0], Path.Combine(_log.Folder, Path.GetFileName(other.Segments[0])));
            File.Copy(other.Mark, _log.Mark);
        }

        LogTail tail = _log.Recover();
        Assert.Equal((10, false), (tail.End.RecordSequence, tail.IsHeadKept));
        _log.Write(1);
        Assert.Equal(11, _log.Recover().End.RecordSequence);
    }

    [Fact]
    public void A_head_from_before_the_end_of_the_segments_is_not_believed()
    {
        byte[] old;
        using (OpenLog open = _log.Open())
        {
            open.Write(20);
            open.Copier.Drain();
            open.Write(5);
            old = _log.HeadBytes.ToArray();
            open.Write(5);
            open.Copier.Drain();
        }

        old.CopyTo(_log.HeadBytes);
        LogTail tail = _log.Recover();
        Assert.Equal((30, false), (tail.End.RecordSequence, tail.IsHeadKept));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void A_head_of_another_layout_is_not_believed(int headerOffset)
    {
        _log.Write(10);
        _log.HeadBytes[headerOffset] ^= 1;
        LogTail tail = _log.Recover();
        Assert.Equal((10, false), (tail.End.RecordSequence, tail.IsHeadKept));
    }

    [Fact]
    public void A_head_that_does_not_continue_the_segments_is_refused_with_the_place()
    {
        using (OpenLog open = _log.Open())
        {
            open.Write(10);
            open.Copier.Drain();
            open.Write(10);
        }

        int offset = RecordsOffset;
        for (int number = 1; number <= 20; number++)
        {
            int end = offset + 32 + NumberedMessage.LengthOf(number);
            for (int at = offset; at < end; at++)
            {
                _log.HeadBytes[at] ^= 0x10;
                if (number <= 10)
                {
                    // That is on the disk: nobody looks for it here.
                    Assert.Equal(20, _log.Recover().End.RecordSequence);
                }
                else
                {
                    LogDamagedException damaged = _log.ExpectRefusal();
                    Assert.Equal((_log.Head.Path, (long)offset), (damaged.Path, damaged.OffsetBytes));
                }

                _log.HeadBytes[at] ^= 0x10;
            }

            offset = end;
        }
    }

    [Fact]
    public void Segments_that_lack_what_the_head_gave_away_are_refused()
    {
        using (OpenLog open = _log.Open())
        {
            open.Write(20);
            open.Copier.Drain();
            open.Write(5);
        }

        byte[] whole = File.ReadAllBytes(_log.Segments[0]);
        int lastStart = whole.Length - 32 - NumberedMessage.LengthOf(20);
        File.WriteAllBytes(_log.Segments[0], whole[..lastStart]);
        LogDamagedException damaged = _log.ExpectRefusal();
        Assert.Equal((_log.Segments[0], (long)lastStart), (damaged.Path, damaged.OffsetBytes));
    }

    [Fact]
    public void What_the_segments_have_wrong_and_the_head_still_has_is_written_again()
    {
        using (OpenLog open = _log.Open())
        {
            open.Write(10);
            open.Copier.Drain();
            open.Write(10);
            open.Copy();
        }

        byte[] whole = File.ReadAllBytes(_log.Segments[0]);
        byte[] broken = [.. whole];
        broken.AsSpan(SegmentHeader.Length + (int)_log.Head.DurablePosition + 40).Clear();
        File.WriteAllBytes(_log.Segments[0], broken);
        _log.Write(0);
        Assert.Equal(whole, File.ReadAllBytes(_log.Segments[0]));
    }

    [Fact]
    public void A_full_head_has_no_room_until_the_disk_has_what_is_in_it()
    {
        using OpenLog open = _log.Open();
        while (open.Writer.HasRoomFor(LogFrame.RecordBytesMax))
        {
            open.Append();
        }

        while (open.Writer.HasRoomFor(LogWriter.RecordOverheadBytes + 64))
        {
            Domain.Messages.Tick tick =
                new() { Header = Domain.Messages.MessageHeader.For<Domain.Messages.Tick>() };
            open.Writer.Append(Domain.Messages.MessageBytes.Of(in tick));
        }

        _ = Assert.Throws<InvariantBrokenException>(open.Append);
        open.Writer.Commit();
        open.Copier.Drain();
        Assert.True(open.Writer.HasRoomFor(LogFrame.RecordBytesMax));
    }

    /// <summary>Behind what was durable, the disk has half of what it was given.</summary>
    private static void DieInMidWrite(TestLog log, long durablePosition)
    {
        string last = log.Segments[^1];
        long firstPosition = BitConverter.ToInt64(File.ReadAllBytes(last), 32);
        using FileStream file = File.OpenWrite(last);
        long offset = SegmentHeader.Length + durablePosition - firstPosition;
        if (file.Length > offset)
        {
            file.SetLength(offset + ((file.Length - offset) * 2 / 3));
        }
    }

    private static long ReadAll(LogReader reader, long last)
    {
        while (reader.TryRead(out LogRecord record))
        {
            Assert.Equal(last + 1, record.RecordSequence);
            Assert.True(NumberedMessage.Is(last + 1, record.Message));
            last++;
        }

        return last;
    }
}
