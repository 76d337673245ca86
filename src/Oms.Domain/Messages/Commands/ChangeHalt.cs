using System.Runtime.InteropServices;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>
/// The kill switch: stop or allow again what adds risk within a scope. A stop also cancels every live
/// order in it. Repeating it does no harm.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ChangeHalt : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.ChangeHalt;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required HaltScope Scope { get; init; }

    /// <summary>1 stops, 0 allows again.</summary>
    [field: FieldOffset(33)]
    public required byte IsHalted { get; init; }

    [field: FieldOffset(34)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(36)]
    public uint ReservedWord { get; init; }

    /// <summary>Where the scope is an order.</summary>
    [field: FieldOffset(40)]
    public required OrderId OrderId { get; init; }

    /// <summary>Where the scope is an exchange.</summary>
    [field: FieldOffset(48)]
    public required Text16 Exchange { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(64)]
    public required long CorrelationId { get; init; }

    /// <summary>Who did it.</summary>
    [field: FieldOffset(72)]
    public required Text32 By { get; init; }
}
