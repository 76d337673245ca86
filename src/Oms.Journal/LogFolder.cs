using System.Collections.Immutable;

namespace Oms.Journal;

/// <summary>A log that somebody else may be writing: reads it, and removes what nobody needs.</summary>
public sealed class LogFolder(string folder)
{
    /// <summary>The log in this folder; 0 when there is none yet.</summary>
    public long LogId => TryReadOldest(out SegmentHeader header) ? header.LogId : 0;

    /// <summary>The place before the oldest record.</summary>
    public LogPoint Oldest => TryReadOldest(out SegmentHeader header) ? header.First : default;

    /// <summary>Up to here the log was on the disk; null when nothing says so.</summary>
    public long? DurablePosition =>
        DurableMark.Read(folder, LogId) is not long.MaxValue and var position ? position : null;

    /// <summary>The segment files, in the order of their records.</summary>
    public ImmutableArray<string> SegmentPaths => Segments.In(folder);

    /// <summary>The start of the segment that holds a position, or of the oldest one.</summary>
    public LogPoint SegmentStart(long position)
    {
        LogPoint start = default;
        foreach (string path in Segments.In(folder))
        {
            if (Segments.TryReadHeader(path, out SegmentHeader header)
                && (start == default || header.FirstPosition <= position))
            {
                start = header.First;
            }
        }

        return start;
    }

    /// <summary>Whether the segments hold this place, so that reading can begin there.</summary>
    public bool Holds(in LogPoint point)
    {
        using LogReader reader = LogReader.FromSegmentOf(folder, in point);
        return reader.TryGoTo(in point);
    }

    /// <summary>
    /// Visits the records behind a place, as far as they were on the disk when this began, and proves the
    /// chain.
    /// </summary>
    /// <returns>The place behind the last one.</returns>
    /// <exception cref="LogDamagedException">
    /// The log breaks before what was on the disk, or does not have the place.
    /// </exception>
    public LogPoint Read(in LogPoint from, LogRecordVisitor visit)
    {
        long? durable = DurablePosition;
        using LogReader reader = LogReader.FromSegmentOf(folder, in from);
        reader.GoTo(in from);
        while ((durable is null || reader.Point.Position < durable) && reader.TryRead(out LogRecord record))
        {
            visit(record);
        }

        if (durable is null)
        {
            reader.ThrowIfSegmentsFollow();
        }
        else
        {
            reader.ThrowIfBrokenBefore(durable.Value);
        }

        return reader.Point;
    }

    /// <summary>
    /// Removes the oldest segments: those of which every record is before a place, and every event is known
    /// to a consumer, as long as more than so many bytes are left. The last one stays.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public int Trim(in LogPoint before, long consumedLogSequence, long retentionBytes)
    {
        ImmutableArray<string> paths = SegmentPaths;
        long end = DurablePosition ?? before.Position;
        int removed = 0;
        while (removed + 1 < paths.Length
            && Segments.TryReadHeader(paths[removed + 1], out SegmentHeader next)
            && next.FirstPosition <= before.Position
            && next.FirstLogSequence - 1 <= consumedLogSequence
            && end - next.FirstPosition >= retentionBytes)
        {
            File.Delete(paths[removed]);
            removed++;
        }

        return removed;
    }

    private bool TryReadOldest(out SegmentHeader header)
    {
        header = default;
        return Segments.In(folder) is [var oldest, ..] && Segments.TryReadHeader(oldest, out header);
    }
}
