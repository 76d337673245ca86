using Oms.Domain.Messages;
using Oms.Peer;

namespace Oms.Journal.Tests;

public sealed class LogReaderTests : IDisposable
{
    private const int SegmentBytes = 1024;

    private readonly TestLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void After_an_event_the_reader_starts_in_the_segment_that_holds_the_next()
    {
        const int Events = 60;
        _log.Write(Events, SegmentBytes);
        long[] firsts = [.. _log.Segments.Select(path => long.Parse(Path.GetFileNameWithoutExtension(path)))];
        for (long after = 0; after <= Events; after++)
        {
            using LogReader reader = LogReader.After(_log.Folder, after);
            long expected = firsts.Last(first => first <= after + 1);
            if (reader.TryRead(out LogRecord record))
            {
                Assert.Equal(expected, record.RecordSequence);
                Assert.True(NumberedMessage.Is(expected, record.Message));
                Assert.Equal(Events, ReadAll(reader, expected));
            }
            else
            {
                Assert.Equal(Events + 1, expected);
            }
        }
    }

    [Fact]
    public void After_finds_the_segment_among_records_that_are_no_events()
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        byte[] buffer = new byte[MessageHeader.MessageBytesMax];
        using (OpenLog open = _log.Open(SegmentBytes))
        {
            LogWriter writer = open.Writer;
            for (long number = 1; number <= 40; number++)
            {
                for (int i = 0; i < 5; i++)
                {
                    writer.Append(MessageBytes.Of(in tick));
                }

                writer.Append(NumberedMessage.Of(number, buffer));
                writer.Commit();
                open.Copier.Drain();
            }
        }

        for (long after = 0; after < 40; after++)
        {
            using LogReader reader = LogReader.After(_log.Folder, after);
            long next = 0;
            while (next == 0 && reader.TryRead(out LogRecord record))
            {
                MessageHeader header = MessageBytes.Header(record.Message);
                next = header.Kind != MessageKind.Tick && header.LogSequence > after ? header.LogSequence : 0;
            }

            Assert.Equal(after + 1, next);
        }
    }

    [Fact]
    public void A_reader_that_starts_while_a_segment_is_being_made_waits_for_it()
    {
        _log.Write(30, SegmentBytes);
        using (LogReader before = LogReader.FromStart(_log.Folder))
        {
            Assert.Equal(30, ReadAll(before, 0));
        }

        string next = Path.Combine(_log.Folder, $"{31:D20}.log");
        if (!File.Exists(next))
        {
            File.WriteAllBytes(next, new byte[10]);
        }

        using LogReader reader = LogReader.After(_log.Folder, 30);
        while (reader.TryRead(out LogRecord record))
        {
            Assert.True(record.RecordSequence <= 30);
        }
    }

    [Fact]
    public void A_reader_before_the_first_record_waits_for_it()
    {
        using LogReader reader = LogReader.After(_log.Folder, 0);
        Assert.False(reader.TryRead(out _));
        _log.Write(3);
        Assert.Equal(3, ReadAll(reader, 0));
        Assert.False(reader.TryRead(out _));
        _log.Write(2);
        Assert.Equal(5, ReadAll(reader, 3));
        Assert.Equal((_log.Segments[0], 5L), (reader.SegmentPath, reader.Point.RecordSequence));
        Assert.Equal(new FileInfo(_log.Segments[0]).Length, reader.OffsetBytes);
    }

    [Fact]
    public void A_reader_that_asks_for_what_was_removed_is_told_what_is_left()
    {
        _log.Write(60, SegmentBytes);
        long[] firsts = [.. _log.Segments.Select(path => long.Parse(Path.GetFileNameWithoutExtension(path)))];
        using LogReader slow = LogReader.FromStart(_log.Folder);
        Assert.True(slow.TryRead(out _));
        File.Delete(_log.Segments[0]);
        File.Delete(_log.Segments[0]);

        for (long after = 0; after < firsts[2] - 1; after++)
        {
            LogTruncatedException refused =
                Assert.Throws<LogTruncatedException>(() => LogReader.After(_log.Folder, after));
            Assert.Equal((after + 1, firsts[2]), (refused.LogSequence, refused.OldestLogSequence));
            Assert.Equal(
                $"event {after + 1} was asked for, and the log begins with event {firsts[2]}",
                refused.Message);
        }

        using LogReader reader = LogReader.After(_log.Folder, firsts[2] - 1);
        Assert.Equal(60, ReadAll(reader, firsts[2] - 1));
        using LogReader oldest = LogReader.FromStart(_log.Folder);
        Assert.Equal(60, ReadAll(oldest, firsts[2] - 1));
        LogTruncatedException late =
            Assert.Throws<LogTruncatedException>(() => ReadAll(slow, 1));
        Assert.Equal((firsts[1], firsts[2]), (late.LogSequence, late.OldestLogSequence));
    }

    [Fact]
    public void A_record_is_not_there_before_its_last_byte()
    {
        _log.Write(5);
        string path = _log.Segments[0];
        byte[] whole = File.ReadAllBytes(path);
        int lastStart = whole.Length - 32 - NumberedMessage.LengthOf(5);
        File.WriteAllBytes(path, whole[..lastStart]);
        using LogReader reader = LogReader.FromStart(_log.Folder);
        Assert.Equal(4, ReadAll(reader, 0));
        using (var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            for (int offset = lastStart; offset < whole.Length; offset++)
            {
                Assert.False(reader.TryRead(out _));
                stream.WriteByte(whole[offset]);
                stream.Flush();
            }
        }

        Assert.Equal(5, ReadAll(reader, 4));
    }

    [Fact]
    public void Bytes_that_were_zeros_at_first_are_read_again()
    {
        _log.Write(5);
        string path = _log.Segments[0];
        byte[] whole = File.ReadAllBytes(path);
        int lastStart = whole.Length - 32 - NumberedMessage.LengthOf(5);
        File.WriteAllBytes(path, [.. whole[..lastStart], .. new byte[whole.Length - lastStart]]);
        using LogReader reader = LogReader.FromStart(_log.Folder);
        Assert.Equal(4, ReadAll(reader, 0));
        Assert.False(reader.TryRead(out _));
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.Position = lastStart;
            stream.Write(whole.AsSpan(lastStart));
        }

        Assert.Equal(5, ReadAll(reader, 4));
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
