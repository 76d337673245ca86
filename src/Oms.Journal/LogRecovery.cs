using System.Collections.Immutable;

namespace Oms.Journal;

/// <summary>
/// Reads a log to its end, first the segments, then what the head holds beyond them, and proves its chain.
/// One path for every start:
/// <code>
/// position 0             durable                                              committed
///  segments ═════════════════╪══════════════════╡ what the disk may lack
///  head                      ╞══════════════════╪═══════════════════════════════════╡
///                                               └ joined here: by record, position and hash
/// </code>
/// Without the head the machine had died: an end that is broken behind the mark of what was durable is cut.
/// Anything else that is wrong is refused with its position, and nothing is changed.
/// </summary>
public static class LogRecovery
{
    private static readonly LogTail NoLog = new()
    {
        LogId = 0, End = default, Durable = default, IsHeadKept = false, TornBytes = 0,
    };

    /// <param name="head">The head that was found in memory.</param>
    /// <param name="from">The records behind this place are visited.</param>
    /// <exception cref="LogDamagedException">
    /// The log is damaged before its end, or does not have the place.
    /// </exception>
    public static LogTail Recover(string folder, LogHead head, in LogPoint from, LogRecordVisitor visit)
    {
        ImmutableArray<string> segments = Segments.In(folder);
        bool isLastHalfMade = !segments.IsEmpty && !Segments.TryReadHeader(segments[^1], out _);
        if (segments.Length == (isLastHalfMade ? 1 : 0))
        {
            DeleteLastIf(isLastHalfMade, segments);
            return NoLog;
        }

        using LogReader reader = LogReader.FromSegmentOf(folder, in from);
        reader.GoTo(in from);
        bool isHeadOurs = head.LogId == reader.LogId;
        long durable = isHeadOurs ? head.DurablePosition : DurableMark.Read(folder, reader.LogId);
        LogPoint copied = ReadSegments(reader, durable, visit);
        reader.ThrowIfSegmentsFollow();
        reader.ThrowIfBrokenBefore(durable);
        bool isHeadKept = isHeadOurs && head.CommittedPosition >= reader.Point.Position;
        LogPoint end = isHeadKept ? ReadHead(head, reader.Point, visit) : reader.Point;
        long tornBytes = isHeadKept ? 0 : CutTail(reader, durable);
        DeleteLastIf(isLastHalfMade, segments);
        return new()
        {
            LogId = reader.LogId,
            End = end,
            Durable = isHeadKept ? copied : end,
            IsHeadKept = isHeadKept,
            TornBytes = tornBytes,
        };
    }

    /// <returns>The first place at which everything before is durable.</returns>
    private static LogPoint ReadSegments(LogReader reader, long durable, LogRecordVisitor visit)
    {
        LogPoint copied = reader.Point;
        while (reader.TryRead(out LogRecord record))
        {
            visit(record);
            copied = copied.Position < durable ? reader.Point : copied;
        }

        return copied;
    }

    private static LogPoint ReadHead(LogHead head, LogPoint from, LogRecordVisitor visit)
    {
        var reader = new LogHeadReader(head, from);
        while (reader.TryRead(out LogRecord record))
        {
            visit(record);
        }

        return reader.Point;
    }

    /// <summary>Cuts what is no zero behind the last record.</summary>
    private static long CutTail(LogReader reader, long durable)
    {
        using var file = new FileStream(
            reader.SegmentPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        long tornBytes = 0;
        byte[] bytes = new byte[1 << 20];
        for (long offset = reader.OffsetBytes; offset < file.Length; offset += bytes.Length)
        {
            int length = RandomAccess.Read(file.SafeFileHandle, bytes, offset);
            int last = bytes.AsSpan(0, length).LastIndexOfAnyExcept((byte)0);
            tornBytes = last < 0 ? tornBytes : offset + last + 1 - reader.OffsetBytes;
        }

        if (tornBytes > 0)
        {
            if (durable == long.MaxValue)
            {
                throw new LogDamagedException(
                    reader.SegmentPath,
                    reader.OffsetBytes,
                    $"record {reader.Point.RecordSequence + 1} is broken, and no mark says that it may be");
            }

            file.SetLength(reader.OffsetBytes);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        return tornBytes;
    }

    /// <summary>The copier died while making it: no record is in it.</summary>
    private static void DeleteLastIf(bool isHalfMade, ImmutableArray<string> segments)
    {
        if (isHalfMade)
        {
            File.Delete(segments[^1]);
        }
    }
}
