using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Domain.Messages;

/// <summary>What an account holds of an asset, after a change.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct BalanceChanged : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.BalanceChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AssetId AssetId { get; init; }

    [field: FieldOffset(36)]
    public required Market Wallet { get; init; }

    [field: FieldOffset(37)]
    public required BalanceChange Change { get; init; }

    [field: FieldOffset(38)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(40)]
    public required long Free { get; init; }

    /// <summary>Held for open, in-flight and unknown orders.</summary>
    [field: FieldOffset(48)]
    public long ReservedAmount { get; init; }

    [field: FieldOffset(56)]
    public required long InTransit { get; init; }

    /// <summary>Of the order that changed it; none otherwise.</summary>
    [field: FieldOffset(64)]
    public required OrderId OrderId { get; init; }
}
