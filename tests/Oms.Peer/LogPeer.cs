using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.Journal;

namespace Oms.Peer;

/// <summary>The writer of a log of numbered messages.</summary>
internal static partial class LogPeer
{
    private const int FileSize = 1;
    private const int FileSizeExceeded = 25;

    /// <summary>Appends at full speed, in batches of changing length, until killed.</summary>
    public static int Append(string folder, long segmentBytes)
    {
        LogTail tail = LogRecovery.Recover(folder, static _ => { });
        using var log = new LogWriter(folder, in tail, tail.NextRecordSequence, segmentBytes);
        Console.WriteLine("ready");
        while (true)
        {
            AppendBatch(log);
            log.Commit();
        }
    }

    /// <summary>
    /// Appends until a file may not grow any more; says the number of the last record that is in the log.
    /// </summary>
    public static int Fill(string folder, long fileBytesMax)
    {
        LogTail tail = LogRecovery.Recover(folder, static _ => { });
        using var log = new LogWriter(folder, in tail, tail.NextRecordSequence);
        Console.WriteLine("ready");
        // Without the signal, a write beyond the limit fails as one to a full disk does.
        _ = Signal(FileSizeExceeded, 1);
        var limit = new ResourceLimit(fileBytesMax, fileBytesMax);
        if (SetResourceLimit(FileSize, in limit) != 0)
        {
            return 3;
        }

        long committed = tail.NextRecordSequence - 1;
        try
        {
            while (true)
            {
                AppendBatch(log);
                log.Commit();
                committed = log.NextRecordSequence - 1;
            }
        }
        catch (IOException exception)
        {
            Console.WriteLine($"{exception.GetType().Name} after {committed}");
            return 0;
        }
    }

    private static void AppendBatch(LogWriter log)
    {
        Span<byte> buffer = stackalloc byte[MessageHeader.MessageBytesMax];
        long count = 1 + (log.NextRecordSequence % 7);
        for (int i = 0; i < count; i++)
        {
            log.Append(NumberedMessage.Of(log.NextRecordSequence, buffer));
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial IntPtr Signal(int signal, IntPtr disposition);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(long Soft, long Hard);
}
