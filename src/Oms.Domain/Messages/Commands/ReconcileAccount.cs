using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>Asks the exchange now for everything that is known of an account, and compares.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ReconcileAccount : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.ReconcileAccount;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(32)]
    public required long CorrelationId { get; init; }
}
