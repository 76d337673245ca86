using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// The start of a ring file. What different processes write is 128 bytes apart: two cache lines, because
/// processors fetch lines in pairs.
/// <code>
///    0  magic | layout version | layout hash | capacity | incarnation      written once
///  128  writer cursor | last record position                               the writer, each message
///  256  writer pid | writer heartbeat                                      the writer, now and then
///  384  reader cursor                                                      the reader, each batch
///  512  reader pid | reader heartbeat                                      the reader, now and then
///  640  reader parks                          the reader when it goes to sleep, the writer when it wakes it
/// 1024  records: messages of 64, 128, 192 or 256 bytes, none of them split at the end of the ring
/// </code>
/// Cursors count bytes since the ring was made and never wrap; the place of a record is cursor modulo
/// capacity.
/// A record that would be split is preceded by padding: a header of kind None, to be skipped to the ring's
/// end.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct RingHeader
{
    public const int Length = 1024;

    /// <summary>The reader sleeps, or did so before.</summary>
    public const int Parked = 1;

    public const ulong MagicValue = 0x31474E_4952534D4F; // "OMSRING1"

    [FieldOffset(0)]
    public ulong Magic;

    [FieldOffset(8)]
    public int LayoutVersion;

    [FieldOffset(16)]
    public ulong LayoutHash;

    [FieldOffset(24)]
    public long CapacityBytes;

    /// <summary>
    /// Tells a ring from an earlier one of the same name: positions of one mean nothing in the other.
    /// </summary>
    [FieldOffset(32)]
    public long Incarnation;

    [FieldOffset(128)]
    public long WriterCursor;

    /// <summary>
    /// Where the last record starts. Stored after the cursor, so that it may lag by the record during which
    /// the
    /// writer died, and never points at one that was not published.
    /// </summary>
    [FieldOffset(136)]
    public long LastRecordPosition;

    [FieldOffset(256)]
    public int WriterPid;

    [FieldOffset(264)]
    public long WriterHeartbeatTicks;

    [FieldOffset(384)]
    public long ReaderCursor;

    [FieldOffset(512)]
    public int ReaderPid;

    [FieldOffset(520)]
    public long ReaderHeartbeatTicks;

    /// <summary><see cref="Parked"/> when the reader wants to be woken, a futex; see <see cref="RingPark"/>.</summary>
    [FieldOffset(640)]
    public int ReaderParks;

    public readonly bool Matches() =>
        Magic == MagicValue && LayoutVersion == MessageLayout.Version && LayoutHash == MessageLayout.Hash;
}
