using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>
/// How much the engine holds from now on; it only grows. Logged, because what is forgotten first depends on
/// it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct CapacityDefined : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.CapacityDefined;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required int AccountsMax { get; init; }

    [field: FieldOffset(36)]
    public required int InstrumentsMax { get; init; }

    [field: FieldOffset(40)]
    public required int AssetsMax { get; init; }

    /// <summary>Live and recently final orders.</summary>
    [field: FieldOffset(44)]
    public required int OrdersHeldMax { get; init; }

    [field: FieldOffset(48)]
    public required int FillsRememberedMax { get; init; }

    [field: FieldOffset(52)]
    public required int BalancesMax { get; init; }

    [field: FieldOffset(56)]
    public required int PositionsMax { get; init; }

    /// <summary>Live and recently final transfers.</summary>
    [field: FieldOffset(60)]
    public required int TransfersHeldMax { get; init; }
}
