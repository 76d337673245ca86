using System.IO.Hashing;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Journal.Snapshots;

/// <summary>
/// The first 128 bytes of a snapshot file; its content follows.
/// <code>
///    0  magic | layout version | layout hash | log id
///   32  position | record sequence | log sequence | chain hash                the place in the log
///   64  state hash | content bytes | content hash | reserved: zeros
///  120  header hash
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal readonly record struct SnapshotHeader
{
    public const int Length = 128;
    public const ulong MagicValue = 0x31_50414E53_534D4F; // "OMSSNAP1"

    private const int HashOffset = 120;

    [field: FieldOffset(0)]
    public ulong Magic { get; private init; }

    [field: FieldOffset(8)]
    public int LayoutVersion { get; private init; }

    [field: FieldOffset(16)]
    public ulong LayoutHash { get; private init; }

    [field: FieldOffset(24)]
    public required long LogId { get; init; }

    /// <summary>Everything before it is in the content.</summary>
    [field: FieldOffset(32)]
    public required LogPoint Point { get; init; }

    [field: FieldOffset(64)]
    public required ulong StateHash { get; init; }

    [field: FieldOffset(72)]
    public required long ContentBytes { get; init; }

    /// <summary>XXH3-64.</summary>
    [field: FieldOffset(80)]
    public required ulong ContentHash { get; init; }

    /// <summary>XXH3-64 of the bytes before it.</summary>
    [field: FieldOffset(HashOffset)]
    public ulong HeaderHash { get; private init; }

    public SnapshotHeader Sealed()
    {
        SnapshotHeader header = this with
        {
            Magic = MagicValue, LayoutVersion = MessageLayout.Version, LayoutHash = MessageLayout.Hash,
        };
        return header with { HeaderHash = header.Hash() };
    }

    /// <summary>Why these are not the header of a snapshot that can be read; null when they are.</summary>
    public string? Problem() => this switch
    {
        { Magic: not MagicValue } => "no snapshot starts here",
        _ when HeaderHash != Hash() => "its header is damaged",
        _ when LayoutVersion != MessageLayout.Version || LayoutHash != MessageLayout.Hash =>
            $"it was written with layout {LayoutVersion}/{LayoutHash:x16}",
        _ => null,
    };

    private ulong Hash()
    {
        SnapshotHeader header = this;
        return XxHash3.HashToUInt64(
            MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotHeader>(in header))[..HashOffset]);
    }
}
