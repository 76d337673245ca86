using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>The bytes of an order may have left and no answer came that says what became of it.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct OrderOutcomeUnknown : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.OrderOutcomeUnknown;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }
}
