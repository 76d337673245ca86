using System.Runtime.InteropServices;

namespace Oms.Journal;

/// <summary>
/// The start of a log's head. What different threads write is 128 bytes apart: two cache lines, because
/// processors fetch lines in pairs.
/// <code>
///    0  magic | layout version | layout hash | capacity | log id             when a log begins in it
///  128  writer position                                                      the writer, each commit
///  256  written position | durable position | log sequence                   the copier
/// 4096  records: the byte at position p of the log is the one at p modulo capacity
/// </code>
/// Behind the capacity there is room for one more record: the one at the end is written there whole, and what
/// is beyond the end is then copied to the start.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct LogHeadHeader
{
    public const int Length = 4096;
    public const ulong MagicValue = 0x32_44414548_534D4F; // "OMSHEAD2"

    [FieldOffset(0)]
    public ulong Magic;

    [FieldOffset(8)]
    public int LayoutVersion;

    [FieldOffset(16)]
    public ulong LayoutHash;

    [FieldOffset(24)]
    public long CapacityBytes;

    /// <summary>Of the log whose head this is; 0 while no log has begun in it.</summary>
    [FieldOffset(32)]
    public long LogId;

    [FieldOffset(128)]
    public long WriterPosition;

    /// <summary>Up to here the segments hold it, in the kernel's hands.</summary>
    [FieldOffset(256)]
    public long WrittenPosition;

    /// <summary>Up to here it is on the disk, and the writer may use its room again.</summary>
    [FieldOffset(264)]
    public long DurablePosition;

    /// <summary>Of the last durable event.</summary>
    [FieldOffset(272)]
    public long DurableLogSequence;
}
