using System.Runtime.InteropServices;
using Oms.Domain.Accounts;

namespace Oms.Domain.Messages;

/// <summary>Whether a round of evidence that was asked for has begun.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ReconcileReport : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.ReconcileReport;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>The round; 0 when none began: nobody is connected, or the account is matched here.</summary>
    [field: FieldOffset(32)]
    public required long EvidenceId { get; init; }

    [field: FieldOffset(40)]
    public required long CorrelationId { get; init; }

    [field: FieldOffset(48)]
    public required AccountGate Gate { get; init; }
}
