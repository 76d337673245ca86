using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>A record of the log. The message is valid until the next one is read.</summary>
public readonly ref struct LogRecord
{
    /// <summary>Gapless over the whole log, from 1.</summary>
    public required long RecordSequence { get; init; }

    /// <summary>
    /// Of an input from a ring: its number in FastPath's list of inbound rings, from 1. 0 otherwise.
    /// </summary>
    public required int SourceRing { get; init; }

    /// <summary>Of an input from a ring: the position behind it in that ring.</summary>
    public required long RingPosition { get; init; }

    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>
    /// Takes the record that stands at a point of the log, if the chain proves that it does.
    /// </summary>
    /// <param name="bytes">As long as its frame says.</param>
    /// <param name="point">Moved behind the record.</param>
    internal static bool TryRead(
        ReadOnlySpan<byte> bytes, scoped in LogFrame frame, scoped ref LogPoint point, out LogRecord record)
    {
        record = default;
        ReadOnlySpan<byte> message = bytes[LogFrame.Length..];
        ulong chainHash = frame.ChainOf(message, point.ChainHash);
        if (frame.RecordSequence != point.RecordSequence + 1 || frame.ChainHash != chainHash)
        {
            return false;
        }

        ref readonly MessageHeader header = ref MessageBytes.Header(message);
        point = new(
            point.Position + bytes.Length,
            frame.RecordSequence,
            MessageKinds.IsEvent(header.Kind) ? header.LogSequence : point.LogSequence,
            chainHash);
        record = new LogRecord
        {
            RecordSequence = frame.RecordSequence,
            SourceRing = frame.SourceRing,
            RingPosition = frame.RingPosition,
            Message = message,
        };
        return true;
    }
}
