using Oms.Domain.Messages;
using Oms.Journal;

namespace Oms.FastPath;

/// <summary>
/// How far the disk is behind the log, and what may still come in:
/// <code>
/// in use   0            1/4          1/2                    7/8      full
///          ├─────────────┼────────────┼──────────────────────┼────────┤
///          │ everything  │  as before │ no new orders        │ nothing: rings fill, their writers are told
///                                                            └ kept for the events of what came in
/// </code>
/// </summary>
internal sealed class LogPressure(LogWriter log, LogCopier copier)
{
    /// <summary>The bytes of log that one batch of inputs can take.</summary>
    private const int BatchBytesMax =
        DutyCycle.BatchMax * (LogWriter.RecordOverheadBytes + MessageHeader.MessageBytesMax);

    private readonly long _reserveBytes = log.CapacityBytes / 8;
    private long _mustBeDurable;

    /// <summary>What keeps the log from the disk, in words; empty when nothing does.</summary>
    public string Failure => copier.Failure;

    /// <summary>
    /// Whether there is room for a batch of inputs and, as far as one can tell, for what they lead to.
    /// </summary>
    public bool HasRoomForInputs => log.HasRoomFor(BatchBytesMax + _reserveBytes);

    /// <summary>Whether the disk has what no order may come before.</summary>
    public bool IsStartDurable => log.IsDurable(_mustBeDurable);

    /// <summary>No new order is accepted until everything up to now is on the disk.</summary>
    public void NoteStart() => _mustBeDurable = log.End.Position;

    /// <param name="wasBehind">
    /// What was said the last time: it takes more to change it than to keep it.
    /// </param>
    public bool IsBehind(bool wasBehind)
    {
        long waitingMax = wasBehind ? log.CapacityBytes / 4 : log.CapacityBytes / 2;
        return log.AreWaitingMoreThan(waitingMax) || !IsStartDurable || copier.Failure.Length > 0;
    }
}
