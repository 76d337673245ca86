using Oms.Peer;

namespace Oms.Journal.Tests;

/// <summary>
/// The machine died, and the head with it. An end that the disk did not have yet is cut. Anything else that
/// is wrong is somebody's to look at, and stays as it is.
/// </summary>
public sealed class LogDamageTests : IDisposable
{
    private const int Records = 12;
    private const int SegmentBytes = 1024;
    private const int HeaderBytes = 128;

    private readonly TestLog _log = new();

    private string LastSegment => _log.Segments[^1];

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_tail_torn_at_any_byte_of_the_last_record_is_cut_and_only_it()
    {
        _log.WriteAndDie(Records - 1, 1);
        byte[] whole = File.ReadAllBytes(LastSegment);
        int lastStart = whole.Length - RecordBytes(Records);
        for (int length = lastStart; length < whole.Length; length++)
        {
            File.WriteAllBytes(LastSegment, whole[..length]);
            LogTail tail = _log.Recover();
            int torn = LastNonZero(whole, length) - lastStart;
            Assert.Equal((Records - 1, torn), (tail.End.RecordSequence, tail.TornBytes));
            Assert.Equal(whole[..lastStart], File.ReadAllBytes(LastSegment)[..lastStart]);
        }

        File.WriteAllBytes(LastSegment, whole[..lastStart]);
        _log.Write(1);
        Assert.Equal(whole, File.ReadAllBytes(LastSegment));
    }

    [Fact]
    public void A_last_record_that_is_all_there_but_wrong_is_cut_and_only_it()
    {
        _log.WriteAndDie(Records - 1, 1);
        byte[] whole = File.ReadAllBytes(LastSegment);
        int lastStart = whole.Length - RecordBytes(Records);
        for (int offset = lastStart; offset < whole.Length; offset++)
        {
            File.WriteAllBytes(LastSegment, Flipped(whole, offset));
            LogTail tail = _log.Recover();
            Assert.Equal((Records - 1, whole.Length - lastStart), (tail.End.RecordSequence, tail.TornBytes));
            Assert.Equal(whole[..lastStart], File.ReadAllBytes(LastSegment));
        }
    }

    [Fact]
    public void What_the_disk_did_not_promise_may_have_a_hole_with_whole_records_behind_it()
    {
        _log.WriteAndDie(3, Records - 3);
        byte[] whole = File.ReadAllBytes(LastSegment);
        int start = HeaderBytes;
        for (int number = 1; number <= Records; number++)
        {
            int length = RecordBytes(number);
            byte[] holed = [.. whole];
            holed.AsSpan(start, length).Clear();
            File.WriteAllBytes(LastSegment, holed);
            if (number <= 3)
            {
                Assert.Equal((LastSegment, (long)start), PlaceOf(_log.ExpectRefusal()));
            }
            else
            {
                Assert.Equal(number - 1, _log.Recover().End.RecordSequence);
            }

            start += length;
        }
    }

    [Fact]
    public void Zeros_behind_the_last_record_are_kept_for_the_next()
    {
        _log.Write(Records);
        _log.LoseHead();
        byte[] whole = File.ReadAllBytes(LastSegment);
        File.WriteAllBytes(LastSegment, [.. whole, .. new byte[5000]]);
        LogTail tail = _log.Recover();
        Assert.Equal((Records, 0L), (tail.End.RecordSequence, tail.TornBytes));
        _log.Write(1);
        byte[] longer = File.ReadAllBytes(LastSegment);
        Assert.Equal(whole.Length + 5000, longer.Length);
        Assert.Equal(whole, longer[..whole.Length]);
        Assert.Equal(Records + 1, _log.Recover().End.RecordSequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Records)]
    public void Any_byte_changed_in_what_was_on_the_disk_is_refused(int records)
    {
        _log.Write(records);
        _log.LoseHead();
        byte[] whole = File.ReadAllBytes(LastSegment);
        for (int offset = 0; offset < whole.Length; offset++)
        {
            File.WriteAllBytes(LastSegment, Flipped(whole, offset));
            Assert.Equal((LastSegment, StartOfWhat(offset)), PlaceOf(_log.ExpectRefusal()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Records)]
    public void Any_byte_lost_of_what_was_on_the_disk_is_refused(int records)
    {
        _log.Write(records);
        _log.LoseHead();
        byte[] whole = File.ReadAllBytes(LastSegment);
        for (int offset = 0; offset < whole.Length; offset++)
        {
            File.WriteAllBytes(LastSegment, [.. whole[..offset], .. whole[(offset + 1)..]]);
            Assert.Equal(LastSegment, _log.ExpectRefusal().Path);
        }
    }

    [Fact]
    public void An_end_that_is_missing_is_refused_also_where_a_record_ends()
    {
        _log.Write(Records);
        _log.LoseHead();
        byte[] whole = File.ReadAllBytes(LastSegment);
        int lastStart = whole.Length - RecordBytes(Records);
        File.WriteAllBytes(LastSegment, whole[..lastStart]);
        LogDamagedException damaged = _log.ExpectRefusal();
        Assert.Equal((LastSegment, (long)lastStart), PlaceOf(damaged));
        int position = lastStart - HeaderBytes;
        Assert.Contains(
            $"breaks at position {position}, the disk had it up to {whole.Length - HeaderBytes}",
            damaged.Message);
    }

    [Fact]
    public void Without_the_mark_a_whole_log_is_taken_and_a_broken_end_is_refused()
    {
        _log.WriteAndDie(Records, 1);
        byte[] whole = File.ReadAllBytes(LastSegment);
        byte[] mark = File.ReadAllBytes(_log.Mark);
        foreach (byte[]? broken in new[] { null, Flipped(mark, 0), Flipped(mark, 8), Flipped(mark, 17) })
        {
            File.Delete(_log.Mark);
            if (broken is not null)
            {
                File.WriteAllBytes(_log.Mark, broken);
            }

            File.WriteAllBytes(LastSegment, whole);
            Assert.Equal(Records + 1, _log.Recover().End.RecordSequence);
            File.WriteAllBytes(LastSegment, whole[..^1]);
            _ = _log.ExpectRefusal();
        }

        File.WriteAllBytes(_log.Mark, mark);
        Assert.Equal(Records, _log.Recover().End.RecordSequence);
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
        _log.LoseHead();
        foreach (string segment in _log.Segments)
        {
            byte[] bytes = File.ReadAllBytes(segment);
            File.Delete(segment);
            _ = _log.ExpectRefusal();
            File.WriteAllBytes(segment, bytes);
        }

        Assert.Equal(Records * 3, _log.Recover().End.RecordSequence);
    }

    [Fact]
    public void A_segment_of_another_log_is_refused()
    {
        using var other = new TestLog();
        other.Clock.Advance(TimeSpan.FromHours(1));
        other.Write(Records * 3, SegmentBytes);
        _log.Write(Records * 3, SegmentBytes);
        Assert.Equal(_log.Segments.Select(Path.GetFileName), other.Segments.Select(Path.GetFileName));
        for (int index = 0; index < _log.Segments.Count; index++)
        {
            byte[] bytes = File.ReadAllBytes(_log.Segments[index]);
            File.Copy(other.Segments[index], _log.Segments[index], overwrite: true);
            _ = _log.ExpectRefusal();
            File.WriteAllBytes(_log.Segments[index], bytes);
        }

        File.Copy(_log.Segments[1], _log.Segments[2], overwrite: true);
        _ = _log.ExpectRefusal();
    }

    [Fact]
    public void A_segment_of_another_version_is_refused()
    {
        _log.Write(1);
        byte[] bytes = File.ReadAllBytes(LastSegment);
        bytes[6] = (byte)'1';
        File.WriteAllBytes(LastSegment, bytes);
        Assert.Contains("no log segment of this version", _log.ExpectRefusal().Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(5000)]
    public void A_segment_whose_copier_died_while_making_it_is_made_again(int length)
    {
        _log.Write(Records, SegmentBytes);
        _log.LoseHead();
        LogTail tail = _log.Recover();
        string next = Path.Combine(_log.Folder, $"{Records + 1:D20}.log");
        File.WriteAllBytes(next, new byte[length]);
        Assert.Equal(tail, _log.Recover());
        Assert.False(File.Exists(next));
        _log.Write(Records, SegmentBytes);
        Assert.Equal(Records * 2, _log.Recover().End.RecordSequence);
    }

    [Fact]
    public void A_first_segment_whose_copier_died_while_making_it_is_made_again()
    {
        File.WriteAllBytes(Path.Combine(_log.Folder, $"{1:D20}.log"), new byte[63]);
        Assert.Equal(0, _log.Recover().LogId);
        Assert.Empty(_log.Segments);
    }

    [Fact]
    public void A_half_made_segment_does_not_excuse_damage_before_it()
    {
        _log.Write(Records, SegmentBytes);
        _log.LoseHead();
        string last = LastSegment;
        byte[] whole = File.ReadAllBytes(last);
        File.WriteAllBytes(Path.Combine(_log.Folder, $"{Records + 1:D20}.log"), []);
        File.WriteAllBytes(last, whole[..^1]);
        Assert.Equal(last, _log.ExpectRefusal().Path);
        File.WriteAllBytes(last, [.. whole, 0]);
        Assert.Equal(last, _log.ExpectRefusal().Path);
        File.WriteAllBytes(last, whole);
        Assert.Equal(Records, _log.Recover().End.RecordSequence);
    }

    private static int RecordBytes(int number) => 32 + NumberedMessage.LengthOf(number);

    private static (string Path, long OffsetBytes) PlaceOf(LogDamagedException damaged) =>
        (damaged.Path, damaged.OffsetBytes);

    private static byte[] Flipped(byte[] bytes, int offset)
    {
        byte[] flipped = [.. bytes];
        flipped[offset] ^= 0x80;
        return flipped;
    }

    /// <summary>Where the last byte that is not zero ends, of so many.</summary>
    private static int LastNonZero(byte[] bytes, int length) =>
        bytes.AsSpan(0, length).LastIndexOfAnyExcept((byte)0) + 1;

    /// <summary>Where the header or record that has this byte starts.</summary>
    private static long StartOfWhat(int offset)
    {
        int start = 0;
        int end = HeaderBytes;
        for (int number = 1; end <= offset; number++)
        {
            start = end;
            end += RecordBytes(number);
        }

        return start;
    }
}
