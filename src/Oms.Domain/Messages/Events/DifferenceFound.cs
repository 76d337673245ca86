using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>
/// The exchange and the engine do not agree on an account, after every order of it was resolved.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct DifferenceFound : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.DifferenceFound;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required DifferenceKind What { get; init; }

    [field: FieldOffset(33)]
    public required PositionSide PositionSide { get; init; }

    [field: FieldOffset(34)]
    public ushort Reserved { get; init; }

    /// <summary>Of a position; none otherwise.</summary>
    [field: FieldOffset(36)]
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>Of a balance; none otherwise.</summary>
    [field: FieldOffset(40)]
    public required AssetId AssetId { get; init; }

    [field: FieldOffset(44)]
    public uint ReservedWord { get; init; }

    /// <summary>What the engine has.</summary>
    [field: FieldOffset(48)]
    public required long Here { get; init; }

    /// <summary>What the exchange says.</summary>
    [field: FieldOffset(56)]
    public required long There { get; init; }
}
