namespace Oms.Journal;

/// <summary>Brings what only a head holds to the segments, when nobody writes the log any more.</summary>
public static class LogDrain
{
    /// <summary>
    /// When this returns, the segments have all of the log, on the disk, and the head may go.
    /// </summary>
    /// <returns>Bytes that only the head had.</returns>
    /// <exception cref="LogDamagedException">The head does not continue the segments.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static long Run(string folder, LogHead head, LogSettings settings, TimeProvider clock)
    {
        var log = new LogFolder(folder);
        if (head.LogId == 0 || head.LogId != log.LogId)
        {
            return 0;
        }

        long durablePosition = head.DurablePosition;
        LogTail tail = LogRecovery.Recover(
            folder, head, log.SegmentStart(durablePosition), static _ => { });
        using LogCopier copier = LogCopier.Open(folder, head, tail, settings, clock);
        copier.Drain();
        copier.CutZeros();
        return tail.End.Position - durablePosition;
    }
}
