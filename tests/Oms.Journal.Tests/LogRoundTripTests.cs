using CsCheck;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Peer;

namespace Oms.Journal.Tests;

public sealed class LogRoundTripTests
{
    private static readonly Gen<(int[] Batches, int SegmentKilobytes)> Logs =
        Gen.Select(Gen.Int[0, 40].Array[1, 20], Gen.Int[1, 8]);

    [Fact]
    public void What_was_committed_is_recovered_over_restarts_and_segments() => Logs.Sample(
        (batches, segmentKilobytes) =>
        {
            using var log = new TestLog(headBytes: 1 << 18);
            long written = 0;
            foreach (int[] life in batches.Chunk(4))
            {
                using OpenLog open = log.Open(segmentKilobytes * 1024);
                Assert.Equal((written, 0L), (open.Tail.End.RecordSequence, open.Tail.TornBytes));
                foreach (int count in life)
                {
                    for (int i = 0; i < count; i++)
                    {
                        open.Append();
                    }

                    open.Writer.Commit();
                    written += count;
                    _ = open.Copier.RunOnce();
                }
            }

            Assert.Equal(written, log.Recover().End.RecordSequence);
            return true;
        },
        iter: 200);

    [Fact]
    public void Where_an_input_came_from_is_recovered_with_it()
    {
        using var log = new TestLog();
        var absent = new OrderAbsent { Header = MessageHeader.For<OrderAbsent>(new(3)), OrderId = new(77) };
        using (OpenLog open = log.Open())
        {
            open.Writer.Append(MessageBytes.Of(in absent), sourceRing: 2, ringPosition: 4096);
            open.Writer.Append(MessageBytes.Of(in absent));
            open.Writer.Commit();
        }

        var sources = new List<(int, long, OrderAbsent)>();
        _ = LogRecovery.Recover(log.Folder, log.Head, default, record =>
        {
            OrderAbsent message = MessageBytes.As<OrderAbsent>(record.Message);
            sources.Add((record.SourceRing, record.RingPosition, message));
        });
        Assert.Equal([(2, 4096, absent), (0, 0, absent)], sources);
    }

    [Fact]
    public void What_was_not_committed_is_not_there()
    {
        using var log = new TestLog();
        log.Write(3);
        using (OpenLog open = log.Open())
        {
            open.Append();
            open.Copier.Drain();
        }

        Assert.Equal(3, log.Recover().End.RecordSequence);
    }

    [Fact]
    public void There_is_no_log_before_the_first_record()
    {
        using var log = new TestLog();
        LogTail none = log.Recover();
        Assert.Equal((0L, default), (none.LogId, none.End));
        string nowhere = Path.Combine(log.Folder, "none");
        Assert.Equal(none, LogRecovery.Recover(nowhere, log.Head, default, static _ => { }));
    }

    [Fact]
    public void A_full_segment_is_followed_by_a_new_one_named_after_its_first_record()
    {
        using var log = new TestLog();
        log.Write(100, segmentBytes: 2048);
        Assert.True(log.Segments.Count > 5);
        long next = 1;
        foreach (string segment in log.Segments)
        {
            Assert.Equal($"{next:D20}.log", Path.GetFileName(segment));
            long length = 128;
            while (length < 2048 && next <= 100)
            {
                length += 32 + NumberedMessage.LengthOf(next++);
            }

            Assert.Equal(length, new FileInfo(segment).Length);
        }
    }

    [Fact]
    public void Events_without_a_gap_are_the_only_ones_taken()
    {
        using var log = new TestLog();
        using OpenLog open = log.Open();
        byte[] buffer = new byte[MessageHeader.MessageBytesMax];
        _ = Assert.Throws<InvariantBrokenException>(() => open.Writer.Append(NumberedMessage.Of(2, buffer)));
        open.Append();
        _ = Assert.Throws<InvariantBrokenException>(() => open.Writer.Append(NumberedMessage.Of(1, buffer)));
        open.Append();
        open.Writer.Commit();
        Assert.Equal(2, log.Recover().End.RecordSequence);
    }

    [Fact]
    public void What_is_no_message_is_not_logged()
    {
        using var log = new TestLog();
        using OpenLog open = log.Open();
        _ = Assert.Throws<InvariantBrokenException>(() => open.Writer.Append(new byte[64]));
        _ = Assert.Throws<InvariantBrokenException>(
            () => open.Writer.Append(NumberedMessage.Of(1, new byte[256])[..32]));
        Assert.Equal(0, open.Writer.End.RecordSequence);
    }

    [Fact]
    public void Appending_committing_copying_and_reading_allocate_nothing()
    {
        using var log = new TestLog();
        using OpenLog open = log.Open(LogSettings.SegmentBytesDefault, TimeProvider.System);
        using LogReader reader = LogReader.FromStart(log.Folder);
        long before = 0;
        long read = 0;
        for (int round = 0; round < 4_000; round++)
        {
            before = round == 2_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            open.Append();
            open.Writer.Commit();
            _ = open.Copier.RunOnce();
            read += reader.TryRead(out LogRecord record) ? record.RecordSequence : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(4_000L * 4_001 / 2, read);
    }
}
