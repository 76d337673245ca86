using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Oms.Journal;

/// <summary>
/// What stands before each message in the log. The chain hash covers the frame, the message, and every record
/// before it.
/// <code>
///  0            8                 16              24            26      28              32
///  +------------+-----------------+---------------+-------------+-------+---------------+
///  | chain hash | record sequence | ring position | source ring | magic | message bytes | message …
///  +------------+-----------------+---------------+-------------+-------+---------------+
/// </code>
/// Records are multiples of 32 bytes, so that a frame is never split at the end of a ring.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal readonly record struct LogFrame
{
    public const int Length = 32;
    public const int RecordBytesMax = Length + Domain.Messages.MessageHeader.MessageBytesMax;
    public const ushort MagicValue = 0x4D4F;

    /// <summary><see cref="ChainOf"/> this message and the record before.</summary>
    [field: FieldOffset(0)]
    public required ulong ChainHash { get; init; }

    /// <summary>Gapless over the whole log, from 1.</summary>
    [field: FieldOffset(8)]
    public required long RecordSequence { get; init; }

    /// <summary>Of an input from a ring: the position behind it in that ring. 0 otherwise.</summary>
    [field: FieldOffset(16)]
    public required long RingPosition { get; init; }

    /// <summary>
    /// Of an input from a ring: its number in FastPath's list of inbound rings, from 1. 0 otherwise.
    /// </summary>
    [field: FieldOffset(24)]
    public required ushort SourceRing { get; init; }

    [field: FieldOffset(26)]
    public required ushort Magic { get; init; }

    [field: FieldOffset(28)]
    public required int MessageBytes { get; init; }

    public int RecordBytes => Length + MessageBytes;

    /// <summary>
    /// Whether this can be a frame: nothing that it says is believed before its hash holds.
    /// </summary>
    public bool IsPlausible() =>
        Magic == MagicValue
        && MessageBytes is >= 64 and <= Domain.Messages.MessageHeader.MessageBytesMax
        && MessageBytes % 64 == 0;

    /// <summary>
    /// XXH3-64 of the message, the words of the frame, and the chain before, folded together. For each of
    /// them, the others given, the fold is one to one: a record that differs anywhere gives another chain.
    /// </summary>
    public ulong ChainOf(ReadOnlySpan<byte> message, ulong chainHashBefore)
    {
        // Unseeded: above 240 bytes, a seed costs as much again as the hash. The frame is folded in from
        // registers: hashing what was just stored waits for the stores. Only the last fold needs the record
        // before.
        ulong hash = XxHash3.HashToUInt64(message);
        long source = ((long)MessageBytes << 32) | ((long)Magic << 16) | SourceRing;
        ulong record = Fold(Fold(Fold(hash, RecordSequence), RingPosition), source);
        return Fold(chainHashBefore, unchecked((long)record));
    }

    // Wraps by design; what is damaged may be any number.
    private static ulong Fold(ulong left, long right) =>
        unchecked((BitOperations.RotateLeft(left, 29) ^ (ulong)right) * 0x9E37_79B9_7F4A_7C15);
}
