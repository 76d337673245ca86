using System.Runtime.InteropServices;

namespace Oms.Journal;

/// <summary>Reads what a head holds behind a place of its log, while nobody writes it.</summary>
internal sealed unsafe class LogHeadReader(LogHead head, LogPoint point)
{
    private readonly byte[] _straddling = new byte[LogFrame.RecordBytesMax];
    private LogPoint _point = point;

    /// <summary>The place behind the last record that was read.</summary>
    public LogPoint Point => _point;

    /// <summary>The next record; false at the end of what was committed.</summary>
    /// <exception cref="LogDamagedException">The head does not continue the log.</exception>
    public bool TryRead(out LogRecord record)
    {
        record = default;
        long left = head.CommittedPosition - _point.Position;
        if (left == 0)
        {
            return false;
        }

        LogFrame frame = MemoryMarshal.Read<LogFrame>(
            new ReadOnlySpan<byte>(head.At(_point.Position), LogFrame.Length));
        bool isWhole = frame.IsPlausible() && frame.RecordBytes <= left;
        if (!isWhole || !LogRecord.TryRead(Bytes(frame.RecordBytes), in frame, ref _point, out record))
        {
            throw new LogDamagedException(
                head.Path,
                head.OffsetOf(_point.Position),
                $"record {_point.RecordSequence + 1} does not continue the log here, at {_point.Position}");
        }

        return true;
    }

    private ReadOnlySpan<byte> Bytes(int recordBytes)
    {
        ReadOnlySpan<byte> piece = head.Piece(_point.Position, recordBytes);
        if (piece.Length == recordBytes)
        {
            return piece;
        }

        piece.CopyTo(_straddling);
        head.Piece(_point.Position + piece.Length, recordBytes - piece.Length)
            .CopyTo(_straddling.AsSpan(piece.Length));
        return _straddling.AsSpan(0, recordBytes);
    }
}
