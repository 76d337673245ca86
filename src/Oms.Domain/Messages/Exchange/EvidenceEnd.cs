using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>The evidence asked for was gathered, or could not be.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct EvidenceEnd : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.EvidenceEnd;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long EvidenceId { get; init; }

    /// <summary>1 when every query succeeded; 0 proves nothing.</summary>
    [field: FieldOffset(40)]
    public required byte Complete { get; init; }
}
