using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Domain.Messages;

/// <summary>
/// Ask the exchange for this hop of a transfer, once, under the id that is made from its number and hop.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct SubmitTransfer : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.SubmitTransfer;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>The connector session that may send it; another discards it.</summary>
    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required TransferId TransferId { get; init; }

    [field: FieldOffset(48)]
    public required AccountId ToAccountId { get; init; }

    [field: FieldOffset(52)]
    public required AssetId AssetId { get; init; }

    /// <summary>Of this hop.</summary>
    [field: FieldOffset(56)]
    public required Market FromWallet { get; init; }

    /// <summary>Of this hop.</summary>
    [field: FieldOffset(57)]
    public required Market ToWallet { get; init; }

    /// <summary>From 1.</summary>
    [field: FieldOffset(58)]
    public required byte Hop { get; init; }

    [field: FieldOffset(59)]
    public byte Reserved { get; init; }

    [field: FieldOffset(60)]
    public uint ReservedWord { get; init; }

    [field: FieldOffset(64)]
    public required long Amount { get; init; }
}
