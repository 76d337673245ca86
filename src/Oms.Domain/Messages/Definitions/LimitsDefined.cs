using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>
/// The limits of an account, an instrument of an account, a group of accounts, or the firm; zero is no
/// limit. Amounts are mantissas at 8 decimals of the valuation asset where nothing else is said.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct LimitsDefined : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.LimitsDefined;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required LimitScope Scope { get; init; }

    [field: FieldOffset(33)]
    public byte Reserved { get; init; }

    [field: FieldOffset(34)]
    public ushort ReservedShort { get; init; }

    /// <summary>Where the scope is a group.</summary>
    [field: FieldOffset(36)]
    public required uint Group { get; init; }

    /// <summary>Where the scope is an instrument.</summary>
    [field: FieldOffset(40)]
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>In hundredths: 1000 is ten times.</summary>
    [field: FieldOffset(44)]
    public required int LeverageMax { get; init; }

    [field: FieldOffset(48)]
    public required int OpenOrdersMax { get; init; }

    /// <summary>New orders within any window.</summary>
    [field: FieldOffset(52)]
    public required int OrdersPerWindowMax { get; init; }

    [field: FieldOffset(56)]
    public required long OrderWindowNanos { get; init; }

    /// <summary>The same order within this time is refused.</summary>
    [field: FieldOffset(64)]
    public required long DuplicateWindowNanos { get; init; }

    /// <summary>Of one order, mantissa at 8 decimals of its quote asset.</summary>
    [field: FieldOffset(72)]
    public required long OrderNotionalMax { get; init; }

    /// <summary>Of one order, mantissa at the instrument's quantity decimals.</summary>
    [field: FieldOffset(80)]
    public required long OrderQuantityMax { get; init; }

    /// <summary>Of the position at worst, likewise.</summary>
    [field: FieldOffset(88)]
    public required long PositionQuantityMax { get; init; }

    /// <summary>Of all positions at worst.</summary>
    [field: FieldOffset(96)]
    public required long PositionValueMax { get; init; }

    /// <summary>Of all that is held.</summary>
    [field: FieldOffset(104)]
    public required long BalanceValueMax { get; init; }

    /// <summary>From midnight UTC: realised, unrealised, fees and funding.</summary>
    [field: FieldOffset(112)]
    public required long LossMax { get; init; }

    /// <summary>
    /// 0: configuration says so. Above: somebody set them, they hold over restarts whatever configuration says, and
    /// the engine answers with <see cref="LimitsChanged"/>. A lower version than the one that holds changes nothing.
    /// </summary>
    [field: FieldOffset(120)]
    public required long Version { get; init; }
}
