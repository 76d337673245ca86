using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>Report the balances of an account, after the resolutions of the same round.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct GatherEvidence : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.GatherEvidence;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required long EvidenceId { get; init; }

    /// <summary>
    /// 1 when the last round differed from what is known here: what orders from elsewhere lately filled is told too.
    /// </summary>
    [field: FieldOffset(48)]
    public required byte Explain { get; init; }
}
