using System.Runtime.InteropServices;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>What adds risk is stopped within a scope, or allowed again.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct HaltChanged : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.HaltChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required HaltScope Scope { get; init; }

    [field: FieldOffset(33)]
    public required HaltState State { get; init; }

    [field: FieldOffset(34)]
    public required HaltReason Reason { get; init; }

    [field: FieldOffset(35)]
    public byte Reserved { get; init; }

    [field: FieldOffset(36)]
    public uint ReservedWord { get; init; }

    /// <summary>Where the scope is an order.</summary>
    [field: FieldOffset(40)]
    public required OrderId OrderId { get; init; }

    /// <summary>Where the scope is an exchange.</summary>
    [field: FieldOffset(48)]
    public required Text16 Exchange { get; init; }

    [field: FieldOffset(64)]
    public required long CorrelationId { get; init; }

    /// <summary>Who did it; empty where the engine did.</summary>
    [field: FieldOffset(72)]
    public required Text32 By { get; init; }
}
