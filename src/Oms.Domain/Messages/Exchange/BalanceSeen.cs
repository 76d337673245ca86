using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Domain.Messages;

/// <summary>The exchange says what an account holds of an asset.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct BalanceSeen : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.BalanceSeen;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AssetId AssetId { get; init; }

    [field: FieldOffset(36)]
    public required Market Market { get; init; }

    [field: FieldOffset(37)]
    public byte Reserved { get; init; }

    [field: FieldOffset(38)]
    public ushort ReservedShort { get; init; }

    [field: FieldOffset(40)]
    public required long Free { get; init; }

    [field: FieldOffset(48)]
    public required long Locked { get; init; }

    [field: FieldOffset(56)]
    public required long EvidenceId { get; init; }
}
