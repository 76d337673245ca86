using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>Limits that somebody set hold from now on, or cannot.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct LimitsChanged : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.LimitsChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required LimitScope Scope { get; init; }

    /// <summary>0 where the account, instrument or group is not known.</summary>
    [field: FieldOffset(33)]
    public required byte IsApplied { get; init; }

    [field: FieldOffset(34)]
    public ushort Reserved { get; init; }

    /// <summary>Where the scope is a group.</summary>
    [field: FieldOffset(36)]
    public required uint Group { get; init; }

    /// <summary>Where the scope is an instrument.</summary>
    [field: FieldOffset(40)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(44)]
    public uint ReservedWord { get; init; }

    /// <summary>That holds now; of those that cannot, what was asked for.</summary>
    [field: FieldOffset(48)]
    public required long Version { get; init; }
}
