using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>The answers to a <see cref="GatherEvidence"/> follow, up to the matching end.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct EvidenceBegin : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.EvidenceBegin;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long EvidenceId { get; init; }
}
