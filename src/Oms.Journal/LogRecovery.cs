using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// Reads a whole log, proves its chain, and cuts a torn tail: the end of the last segment that a dying writer
/// left
/// half written. Any other damage is refused with its position and nothing is changed.
/// </summary>
public static class LogRecovery
{
    /// <exception cref="LogDamagedException">The log is damaged before its end.</exception>
    public static LogTail Recover(string folder, LogRecordVisitor visit)
    {
        ImmutableArray<string> segments = Segments.In(folder);
        if (segments.IsEmpty)
        {
            return new("", 0, 1, 0, 0);
        }

        if (!Segments.StartsWith(segments[0], 1))
        {
            throw new LogDamagedException(segments[0], 0, "the segments before it are missing");
        }

        using var reader = LogReader.FromStart(folder);
        while (reader.TryRead(out LogRecord record))
        {
            visit(record);
        }

        if (IsHalfCreated(segments[^1]))
        {
            return RecoverHalfCreated(segments, reader);
        }

        if (reader.SegmentPath != segments[^1])
        {
            throw new LogDamagedException(
                reader.SegmentPath, reader.OffsetBytes, "the chain breaks and later segments follow");
        }

        return TailOf(reader, CutTail(reader));
    }

    private static LogTail TailOf(LogReader reader, long tornBytes) =>
        new(reader.SegmentPath, reader.OffsetBytes, reader.NextRecordSequence, reader.ChainHash, tornBytes);

    private static bool IsHalfCreated(string segment) => new FileInfo(segment).Length < SegmentHeader.Length;

    /// <summary>
    /// The writer died between making a segment and writing its header: no record is in it.
    /// </summary>
    private static LogTail RecoverHalfCreated(ImmutableArray<string> segments, LogReader reader)
    {
        string halfCreated = segments[^1];
        if (segments.Length > 1)
        {
            bool isComplete = reader.SegmentPath == segments[^2]
                && reader.OffsetBytes == new FileInfo(reader.SegmentPath).Length
                && Segments.StartsWith(halfCreated, reader.NextRecordSequence);
            if (!isComplete)
            {
                throw new LogDamagedException(
                    reader.SegmentPath, reader.OffsetBytes, "the chain breaks and a later segment follows");
            }
        }

        File.Delete(halfCreated);
        return TailOf(reader, 0);
    }

    private static long CutTail(LogReader reader)
    {
        using var stream = new FileStream(
            reader.SegmentPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        long tornBytes = stream.Length - reader.OffsetBytes;
        if (tornBytes == 0)
        {
            return 0;
        }

        ThrowIfRecordsFollow(reader, stream);
        stream.SetLength(reader.OffsetBytes);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return tornBytes;
    }

    /// <summary>
    /// A torn tail has nothing behind it. A whole record further on means that something before it broke.
    /// </summary>
    private static void ThrowIfRecordsFollow(LogReader reader, FileStream stream)
    {
        byte[] tail = new byte[checked((int)(stream.Length - reader.OffsetBytes))];
        _ = RandomAccess.Read(stream.SafeFileHandle, tail, reader.OffsetBytes);
        // Every byte is tried: where bytes were lost, what follows stands at odd places.
        for (int start = 1; start + LogFrame.Length + 64 <= tail.Length; start++)
        {
            if (IsRecordAfter(tail.AsSpan(start), reader.NextRecordSequence, tail.Length / 96))
            {
                throw new LogDamagedException(
                    reader.SegmentPath,
                    reader.OffsetBytes,
                    $"record {reader.NextRecordSequence} is broken, others follow");
            }
        }
    }

    private static bool IsRecordAfter(ReadOnlySpan<byte> bytes, long recordSequence, long recordsMax)
    {
        LogFrame frame = MemoryMarshal.Read<LogFrame>(bytes);
        return frame.Magic == LogFrame.MagicValue
            && frame.RecordSequence > recordSequence
            && frame.RecordSequence <= recordSequence + recordsMax + 1
            && frame.MessageBytes is >= 64 and <= MessageHeader.MessageBytesMax
            && bytes.Length >= LogFrame.Length + frame.MessageBytes
            && MessageBytes.IsWellFormed(bytes.Slice(LogFrame.Length, frame.MessageBytes));
    }
}
