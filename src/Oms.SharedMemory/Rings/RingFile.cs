using System.Numerics;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// A ring of messages between two processes: one writer, one reader, bytes that both agree on.
/// </summary>
public sealed unsafe class RingFile : IDisposable
{
    /// <summary>A peer whose heartbeat is older is taken for gone.</summary>
    public static readonly TimeSpan HeartbeatAgeMax = TimeSpan.FromSeconds(2);

    private const int ReadAttemptsMax = 1_000_000;

    private readonly MappedFile _file;
    private readonly TimeProvider _clock;

    private RingFile(string path, MappedFile file, TimeProvider clock)
    {
        Path = path;
        _file = file;
        _clock = clock;
        Header = (RingHeader*)file.Start;
        Records = file.Start + RingHeader.Length;
        CapacityBytes = Header->CapacityBytes;
    }

    public string Path { get; }

    public long CapacityBytes { get; }

    /// <summary>Tells this ring from an earlier one of the same name.</summary>
    public long Incarnation => Header->Incarnation;

    /// <summary>Bytes written and not yet read.</summary>
    public long DepthBytes
    {
        get
        {
            // The reader first: the other way round it could seem to be ahead of the writer.
            long readerCursor = Volatile.Read(ref Header->ReaderCursor);
            return Volatile.Read(ref Header->WriterCursor) - readerCursor;
        }
    }

    public bool IsWriterAlive => IsFresh(Volatile.Read(ref Header->WriterHeartbeatTicks));

    public bool IsReaderAlive => IsFresh(Volatile.Read(ref Header->ReaderHeartbeatTicks));

    /// <summary>A writer and a reader have both been here, whether or not they still are.</summary>
    public bool WasUsed => Volatile.Read(ref Header->WriterHeartbeatTicks) != 0
        && Volatile.Read(ref Header->ReaderHeartbeatTicks) != 0;

    /// <summary>The monotonic clock in which heartbeats are written.</summary>
    internal long NowTicks => _clock.GetTimestamp();

    internal RingHeader* Header { get; }

    internal byte* Records { get; }

    /// <summary>Makes the ring unless it is there already.</summary>
    /// <param name="capacityBytes">A power of two of at least 4,096.</param>
    /// <param name="incarnation">Differs from that of any earlier ring of this name.</param>
    public static void CreateIfAbsent(string path, int capacityBytes, long incarnation)
    {
        Invariant.Holds(BitOperations.IsPow2(capacityBytes) && capacityBytes >= 4096);
        MappedFile.CreateIfAbsent(path, RingHeader.Length + (long)capacityBytes, start =>
        {
            var header = (RingHeader*)start;
            header->Magic = RingHeader.MagicValue;
            header->LayoutVersion = MessageLayout.Version;
            header->LayoutHash = MessageLayout.Hash;
            header->CapacityBytes = capacityBytes;
            header->Incarnation = incarnation;
        });
    }

    /// <param name="clock">In which both ends write their heartbeats; null for that of the machine.</param>
    /// <exception cref="FileNotFoundException">Nobody made the ring yet.</exception>
    /// <exception cref="LayoutMismatchException">Another version made it, or it is no ring.</exception>
    public static RingFile Open(string path, TimeProvider? clock = null)
    {
        MappedFile file = MappedFile.Open(path);
        var header = (RingHeader*)file.Start;
        if (file.LengthBytes <= RingHeader.Length
            || !header->Matches()
            || file.LengthBytes != RingHeader.Length + header->CapacityBytes
            || !BitOperations.IsPow2(header->CapacityBytes))
        {
            file.Dispose();
            throw new LayoutMismatchException(
                $"{path} is not a ring of layout {MessageLayout.Version}/{MessageLayout.Hash:x16}; "
                + "stop all processes of this deployment and remove it");
        }

        return new(path, file, clock ?? TimeProvider.System);
    }

    /// <summary>
    /// The header of a message that was published last or lately, for whoever is no end of this ring. False
    /// when nothing was ever published, or a writer at full speed never left the place alone.
    /// </summary>
    public bool TryReadLatelyPublished(out MessageHeader header)
    {
        header = default;
        int attemptsMax = Volatile.Read(ref Header->WriterCursor) > 0 ? ReadAttemptsMax : 0;
        for (int attempt = 0; attempt < attemptsMax; attempt++)
        {
            // A writer overwrites the last record only after it has published another.
            long position = Volatile.Read(ref Header->LastRecordPosition);
            header = *(MessageHeader*)(Records + (position & (CapacityBytes - 1)));
            Thread.MemoryBarrier();
            if (Volatile.Read(ref Header->LastRecordPosition) == position)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _file.Dispose();

    private bool IsFresh(long heartbeatTicks) =>
        heartbeatTicks != 0 && _clock.GetElapsedTime(heartbeatTicks) < HeartbeatAgeMax;
}
