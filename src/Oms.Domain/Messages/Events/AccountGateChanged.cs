using System.Runtime.InteropServices;
using Oms.Domain.Accounts;

namespace Oms.Domain.Messages;

/// <summary>An account may trade from now on, or may not.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AccountGateChanged : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.AccountGateChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AccountGate Gate { get; init; }

    [field: FieldOffset(33)]
    public required GateReason Reason { get; init; }

    [field: FieldOffset(34)]
    public ushort ReservedShort { get; init; }

    [field: FieldOffset(36)]
    public int ReservedInt { get; init; }

    /// <summary>When the exchange's evidence last agreed, Unix nanoseconds; 0 for never.</summary>
    [field: FieldOffset(40)]
    public required long ReconciledUnixNanos { get; init; }
}
