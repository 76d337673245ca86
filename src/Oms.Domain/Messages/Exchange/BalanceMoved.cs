using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Domain.Messages;

/// <summary>
/// The private stream says that a balance grew or shrank by something that is no trade. It does not say by what.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct BalanceMoved : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.BalanceMoved;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AssetId AssetId { get; init; }

    /// <summary>Whose wallet.</summary>
    [field: FieldOffset(36)]
    public required Market Market { get; init; }

    [field: FieldOffset(37)]
    public byte Reserved { get; init; }

    [field: FieldOffset(38)]
    public ushort ReservedShort { get; init; }

    /// <summary>Mantissa at the asset's decimals; negative left.</summary>
    [field: FieldOffset(40)]
    public required long Amount { get; init; }

    [field: FieldOffset(48)]
    public required long ExchangeUnixNanos { get; init; }
}
