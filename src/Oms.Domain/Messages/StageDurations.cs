using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>
/// How long an order stayed in each stage on its way to the first answer, in nanoseconds; 0 when not
/// measured.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct StageDurations
{
    public const int Length = 24;

    [field: FieldOffset(0)]
    public int GatewayNanos { get; init; }

    [field: FieldOffset(4)]
    public int RingNanos { get; init; }

    [field: FieldOffset(8)]
    public int RiskNanos { get; init; }

    [field: FieldOffset(12)]
    public int ConnectorNanos { get; init; }

    [field: FieldOffset(16)]
    public int ExchangeNanos { get; init; }

    [field: FieldOffset(20)]
    public int Unused { get; init; }
}
