using Oms.Domain.Messages;
using Oms.Peer;

namespace Oms.Journal.Tests;

/// <summary>
/// A torn end is cut. Anything else that is wrong is somebody's to look at, and stays as it is.
/// </summary>
public sealed class LogDamageTests : IDisposable
{
    private const int Records = 12;
    private const int SegmentBytes = 1024;

    private readonly TestLog _log = new();

    private string LastSegment => _log.Segments[^1];

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_tail_torn_at_any_byte_of_the_last_record_is_cut_and_only_it()
    {
        _log.Write(Records);
        byte[] whole = File.ReadAllBytes(LastSegment);
        int lastStart = whole.Length - RecordBytes(Records);
        for (int length = lastStart; length < whole.Length; length++)
        {
            File.WriteAllBytes(LastSegment, whole[..length]);
            LogTail tail = _log.Recover();
            Assert.Equal((Records, length - lastStart), (tail.NextRecordSequence, tail.TornBytes));
            Assert.Equal(whole[..lastStart], File.ReadAllBytes(LastSegment));
        }

        _log.Write(1);
        Assert.Equal(whole, File.ReadAllBytes(LastSegment));
    }

    [Fact]
    public void A_last_record_that_is_all_there_but_wrong_is_cut_and_only_it()
    {
        _log.Write(Records);
        byte[] whole = File.ReadAllBytes(LastSegment);
        int lastStart = whole.Length - RecordBytes(Records);
        for (int offset = lastStart; offset < whole.Length; offset++)
        {
            File.WriteAllBytes(LastSegment, Flipped(whole, offset));
            LogTail tail = _log.Recover();
            Assert.Equal((Records, whole.Length - lastStart), (tail.NextRecordSequence, tail.TornBytes));
            Assert.Equal(whole[..lastStart], File.ReadAllBytes(LastSegment));
        }
    }

    [Fact]
    public void A_tail_of_zeros_is_cut()
    {
        _log.Write(Records);
        byte[] whole = File.ReadAllBytes(LastSegment);
        File.WriteAllBytes(LastSegment, [.. whole, .. new byte[5000]]);
        LogTail tail = _log.Recover();
        Assert.Equal((Records + 1, 5000), (tail.NextRecordSequence, tail.TornBytes));
        Assert.Equal(whole, File.ReadAllBytes(LastSegment));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Records)]
    public void Any_byte_changed_before_the_last_record_is_refused(int records)
    {
        _log.Write(records);
        byte[] whole = File.ReadAllBytes(LastSegment);
        for (int offset = 0; offset < whole.Length - RecordBytes(records); offset++)
        {
            File.WriteAllBytes(LastSegment, Flipped(whole, offset));
            LogDamagedException damaged = _log.ExpectRefusal();
            Assert.Equal((LastSegment, StartOfWhat(offset)), (damaged.Path, damaged.OffsetBytes));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Records)]
    public void Any_byte_lost_before_the_last_record_is_refused(int records)
    {
        _log.Write(records);
        byte[] whole = File.ReadAllBytes(LastSegment);
        for (int offset = 0; offset < whole.Length - RecordBytes(records); offset++)
        {
            File.WriteAllBytes(LastSegment, [.. whole[..offset], .. whole[(offset + 1)..]]);
            Assert.Equal(LastSegment, _log.ExpectRefusal().Path);
        }
    }

    [Fact]
    public void Any_byte_changed_or_lost_in_an_earlier_segment_is_refused()
    {
        _log.Write(Records * 3, SegmentBytes);
        Assert.True(_log.Segments.Count > 3);
        string segment = _log.Segments[1];
        byte[] whole = File.ReadAllBytes(segment);
        for (int offset = 0; offset < whole.Length; offset++)
        {
            File.WriteAllBytes(segment, Flipped(whole, offset));
            _ = _log.ExpectRefusal();
            File.WriteAllBytes(segment, [.. whole[..offset], .. whole[(offset + 1)..]]);
            _ = _log.ExpectRefusal();
            File.WriteAllBytes(segment, whole[..offset]);
            _ = _log.ExpectRefusal();
        }

        File.WriteAllBytes(segment, [.. whole, 0]);
        _ = _log.ExpectRefusal();
    }

    [Fact]
    public void A_missing_segment_is_refused()
    {
        _log.Write(Records * 3, SegmentBytes);
        IReadOnlyList<string> segments = _log.Segments;
        for (int index = 0; index < segments.Count - 1; index++)
        {
            byte[] bytes = File.ReadAllBytes(segments[index]);
            File.Delete(segments[index]);
            _ = _log.ExpectRefusal();
            File.WriteAllBytes(segments[index], bytes);
        }

        Assert.Equal((Records * 3) + 1, _log.Recover().NextRecordSequence);
    }

    [Fact]
    public void A_segment_of_another_log_is_refused()
    {
        using var other = new TestLog();
        other.Write(1);
        using (LogWriter writer = other.Open(other.Recover()))
        {
            var tick = new Tick { Header = MessageHeader.For<Tick>() };
            writer.Append(MessageBytes.Of(in tick));
            writer.Commit();
        }

        _log.Write(Records * 3, SegmentBytes);
        File.Copy(_log.Segments[1], _log.Segments[2], overwrite: true);
        _ = _log.ExpectRefusal();
        File.Copy(other.Segments[0], _log.Segments[2], overwrite: true);
        _ = _log.ExpectRefusal();
    }

    [Fact]
    public void A_segment_whose_writer_died_while_making_it_is_made_again()
    {
        _log.Write(Records, SegmentBytes);
        LogTail tail = _log.Recover();
        string next = Path.Combine(_log.Folder, $"{tail.NextRecordSequence:D20}.log");
        for (int length = 0; length < 64; length++)
        {
            File.WriteAllBytes(next, new byte[length]);
            Assert.Equal(tail, _log.Recover());
            Assert.False(File.Exists(next));
        }

        _log.Write(Records, SegmentBytes);
        Assert.Equal((Records * 2) + 1, _log.Recover().NextRecordSequence);
    }

    [Fact]
    public void A_first_segment_whose_writer_died_while_making_it_is_made_again()
    {
        File.WriteAllBytes(Path.Combine(_log.Folder, $"{1:D20}.log"), new byte[63]);
        Assert.Equal(new LogTail("", 0, 1, 0, 0), _log.Recover());
        Assert.Empty(_log.Segments);
    }

    [Fact]
    public void A_half_made_segment_does_not_excuse_damage_before_it()
    {
        _log.Write(Records, SegmentBytes);
        string last = LastSegment;
        byte[] whole = File.ReadAllBytes(last);
        File.WriteAllBytes(Path.Combine(_log.Folder, $"{Records + 1:D20}.log"), []);
        File.WriteAllBytes(last, whole[..^1]);
        Assert.Equal(last, _log.ExpectRefusal().Path);
        File.WriteAllBytes(last, [.. whole, 0]);
        Assert.Equal(last, _log.ExpectRefusal().Path);
        File.WriteAllBytes(last, whole);
        Assert.Equal(Records + 1, _log.Recover().NextRecordSequence);
    }

    private static int RecordBytes(int number) => 32 + NumberedMessage.LengthOf(number);

    private static byte[] Flipped(byte[] bytes, int offset)
    {
        byte[] flipped = [.. bytes];
        flipped[offset] ^= 0x40;
        return flipped;
    }

    /// <summary>Where the header or record that has this byte starts.</summary>
    private static long StartOfWhat(int offset)
    {
        int start = 0;
        int end = 64;
        for (int number = 1; end <= offset; number++)
        {
            start = end;
            end += RecordBytes(number);
        }

        return start;
    }
}
