using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Regions;

namespace Oms.Peer;

/// <summary>The writer of a log of numbered messages, with its head in shared memory.</summary>
public static partial class LogPeer
{
    public const string Head = "log-head";

    private const int FileSize = 1;
    private const int FileSizeExceeded = 25;

    /// <summary>The head of the log in a folder.</summary>
    public static SharedBlock OpenHead(string folder) => SharedBlock.Open(
        SharedRegion.ForDataFolder(folder), Head, LogHead.LengthFor(LogHead.CapacityBytesMin));

    public static LogHead HeadIn(SharedBlock block) => new(block.Start, block.LengthBytes, block.Path);

    /// <summary>
    /// Appends at full speed, in batches of changing length, until killed; a thread copies.
    /// </summary>
    internal static int Append(string folder, long segmentBytes)
    {
        using SharedBlock block = OpenHead(folder);
        using LogCopier copier = Open(folder, block, segmentBytes, out LogWriter writer);
        new Thread(() =>
        {
            while (true)
            {
                if (copier.RunOnce() == 0)
                {
                    _ = Thread.Yield();
                }
            }
        }).Start();
        Console.WriteLine("ready");
        while (true)
        {
            AppendBatch(writer);
            writer.Commit();
        }
    }

    /// <summary>Commits so many records, appends more, and is then in the midst of its batch until killed.</summary>
    internal static int Hold(string folder, int committed, int more)
    {
        using SharedBlock block = OpenHead(folder);
        using LogCopier copier = Open(folder, block, LogSettings.SegmentBytesDefault, out LogWriter writer);
        Span<byte> buffer = stackalloc byte[MessageHeader.MessageBytesMax];
        for (int count = 0; count < committed + more; count++)
        {
            while (!writer.HasRoomFor(BatchBytesMax))
            {
                _ = copier.RunOnce();
            }

            writer.Append(NumberedMessage.Of(writer.End.RecordSequence + 1, buffer));
            if (count < committed)
            {
                writer.Commit();
            }
        }

        // A copier that runs now sees the commit, and nothing beyond it.
        _ = copier.RunOnce();
        Console.WriteLine("ready");
        _ = Console.ReadLine();
        return 0;
    }

    /// <summary>
    /// Appends while no file may grow beyond a limit, until the head is full; then the limit is lifted, and
    /// what waits is copied. Says what happened, and the number of the last record.
    /// </summary>
    internal static int Fill(string folder, long fileBytesMax)
    {
        using SharedBlock block = OpenHead(folder);
        using LogCopier copier = Open(folder, block, LogSettings.SegmentBytesDefault, out LogWriter writer);
        Console.WriteLine("ready");
        // Without the signal, a write beyond the limit fails as one to a full disk does.
        _ = Signal(FileSizeExceeded, 1);
        Limit(fileBytesMax);
        while (copier.Failure.Length == 0 || writer.HasRoomFor(BatchBytesMax))
        {
            if (writer.HasRoomFor(BatchBytesMax))
            {
                AppendBatch(writer);
                writer.Commit();
            }

            _ = copier.RunOnce();
        }

        Console.WriteLine($"{writer.End.RecordSequence} {copier.Failure}");
        _ = Console.ReadLine();
        Limit(long.MaxValue);
        while (writer.WaitingBytes > 0 || copier.Failure.Length > 0)
        {
            _ = copier.RunOnce();
        }

        Console.WriteLine($"{writer.End.RecordSequence} copied");
        return 0;
    }

    private const int BatchCountMax = 7;
    private const int BatchBytesMax =
        BatchCountMax * (LogWriter.RecordOverheadBytes + MessageHeader.MessageBytesMax);

    private static LogCopier Open(string folder, SharedBlock block, long segmentBytes, out LogWriter writer)
    {
        LogHead head = HeadIn(block);
        LogTail tail = LogRecovery.Recover(folder, head, default, static _ => { });
        var settings = new LogSettings
        {
            SegmentBytes = segmentBytes,
            SyncInterval = LogSettings.SyncIntervalOfMemory,
        };
        LogCopier copier = LogCopier.Open(folder, head, tail, settings, TimeProvider.System);
        writer = new LogWriter(head, tail.End);
        return copier;
    }

    private static void AppendBatch(LogWriter writer)
    {
        while (!writer.HasRoomFor(BatchBytesMax))
        {
            _ = Thread.Yield();
        }

        Span<byte> buffer = stackalloc byte[MessageHeader.MessageBytesMax];
        long count = 1 + (writer.End.RecordSequence % BatchCountMax);
        for (int i = 0; i < count; i++)
        {
            writer.Append(NumberedMessage.Of(writer.End.RecordSequence + 1, buffer));
        }
    }

    private static void Limit(long fileBytesMax)
    {
        var limit = new ResourceLimit(fileBytesMax, long.MaxValue);
        if (SetResourceLimit(FileSize, in limit) != 0)
        {
            throw new InvalidOperationException("the limit cannot be set");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial IntPtr Signal(int signal, IntPtr disposition);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(long Soft, long Hard);
}
