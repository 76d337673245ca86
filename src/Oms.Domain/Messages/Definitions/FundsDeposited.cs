using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Domain.Messages;

/// <summary>
/// An account whose orders are matched here gets what it trades with, or gives it back.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct FundsDeposited : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.FundsDeposited;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AssetId AssetId { get; init; }

    [field: FieldOffset(36)]
    public required Market Wallet { get; init; }

    [field: FieldOffset(37)]
    public byte Reserved { get; init; }

    [field: FieldOffset(38)]
    public ushort ReservedShort { get; init; }

    /// <summary>Mantissa at the asset's decimals; negative takes away what is free.</summary>
    [field: FieldOffset(40)]
    public required long Amount { get; init; }

    /// <summary>The same one again changes nothing; ids of an account rise.</summary>
    [field: FieldOffset(48)]
    public required long DepositId { get; init; }
}
