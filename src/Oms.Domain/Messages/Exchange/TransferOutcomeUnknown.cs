using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>The bytes of a hop may have left and no answer came that says what became of it.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TransferOutcomeUnknown : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.TransferOutcomeUnknown;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required TransferId TransferId { get; init; }

    /// <summary>From 1.</summary>
    [field: FieldOffset(40)]
    public required byte Hop { get; init; }
}
