using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>Find out from the exchange's history what became of this hop of a transfer.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ResolveTransfer : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.ResolveTransfer;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required TransferId TransferId { get; init; }

    /// <summary>When the exchange was first asked for this hop.</summary>
    [field: FieldOffset(48)]
    public required long AskedUnixNanos { get; init; }

    /// <summary>From 1.</summary>
    [field: FieldOffset(56)]
    public required byte Hop { get; init; }
}
