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
            using var log = new TestLog();
            long written = 0;
            foreach (int[] life in batches.Chunk(4))
            {
                LogTail tail = log.Recover();
                Assert.Equal((written + 1, 0L), (tail.NextRecordSequence, tail.TornBytes));
                using LogWriter writer = log.Open(tail, segmentKilobytes * 1024);
                foreach (int count in life)
                {
                    for (int i = 0; i < count; i++)
                    {
                        log.Append(writer);
                    }

                    writer.Commit();
                    written += count;
                }

                writer.Sync();
            }

            Assert.Equal(written + 1, log.Recover().NextRecordSequence);
            return true;
        },
        iter: 60);

    [Fact]
    public void Where_an_input_came_from_is_recovered_with_it()
    {
        using var log = new TestLog();
        var absent = new OrderAbsent { Header = MessageHeader.For<OrderAbsent>(new(3)), OrderId = new(77) };
        using (LogWriter writer = log.Open(log.Recover()))
        {
            writer.Append(MessageBytes.Of(in absent), sourceRing: 2, ringPosition: 4096);
            writer.Append(MessageBytes.Of(in absent));
            writer.Commit();
        }

        var sources = new List<(int, long, OrderAbsent)>();
        _ = LogRecovery.Recover(log.Folder, record =>
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
        using (LogWriter writer = log.Open(log.Recover()))
        {
            log.Append(writer);
        }

        Assert.Equal(4, log.Recover().NextRecordSequence);
    }

    [Fact]
    public void A_batch_longer_than_the_buffer_is_written_in_parts()
    {
        using var log = new TestLog();
        using (LogWriter writer = log.Open(log.Recover()))
        {
            for (int i = 0; i < 10_000; i++)
            {
                log.Append(writer);
            }

            writer.Commit();
        }

        Assert.Equal(10_001, log.Recover().NextRecordSequence);
    }

    [Fact]
    public void There_is_no_log_before_the_first_record()
    {
        using var log = new TestLog();
        Assert.Equal(new LogTail("", 0, 1, 0, 0), log.Recover());
        string none = Path.Combine(log.Folder, "none");
        Assert.Equal(new LogTail("", 0, 1, 0, 0), LogRecovery.Recover(none, static _ => { }));
    }

    [Fact]
    public void A_full_segment_is_followed_by_a_new_one_named_after_its_first_record()
    {
        using var log = new TestLog();
        log.Write(100, segmentBytes: 2048);
        Assert.True(log.Segments.Count > 5);
        long first = 1;
        foreach (string segment in log.Segments)
        {
            Assert.Equal($"{first:D20}.log", Path.GetFileName(segment));
            long length = 64;
            while (length < 2048 && first <= 100)
            {
                length += 32 + NumberedMessage.LengthOf(first++);
            }

            Assert.Equal(length, new FileInfo(segment).Length);
        }
    }

    [Fact]
    public void Events_without_a_gap_are_the_only_ones_taken()
    {
        using var log = new TestLog();
        using LogWriter writer = log.Open(log.Recover());
        byte[] buffer = new byte[MessageHeader.MessageBytesMax];
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Append(NumberedMessage.Of(2, buffer)));
        writer.Append(NumberedMessage.Of(1, buffer));
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Append(NumberedMessage.Of(1, buffer)));
        writer.Append(NumberedMessage.Of(2, buffer));
        writer.Commit();
        Assert.Equal(3, log.Recover().NextRecordSequence);
    }

    [Fact]
    public void What_is_no_message_is_not_logged()
    {
        using var log = new TestLog();
        using LogWriter writer = log.Open(log.Recover());
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Append(new byte[64]));
        _ = Assert.Throws<InvariantBrokenException>(
            () => writer.Append(NumberedMessage.Of(1, new byte[256])[..32]));
        Assert.Equal(1, writer.NextRecordSequence);
    }

    [Fact]
    public void Appending_committing_and_reading_allocate_nothing()
    {
        using var log = new TestLog();
        using LogWriter writer = log.Open(log.Recover());
        using LogReader reader = LogReader.FromStart(log.Folder);
        long before = 0;
        long read = 0;
        for (int round = 0; round < 4_000; round++)
        {
            before = round == 2_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            log.Append(writer);
            writer.Commit();
            read += reader.TryRead(out LogRecord record) ? record.RecordSequence : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(4_000L * 4_001 / 2, read);
    }
}
