using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>The limits that hold for every order, from configs/limits.yaml.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct RiskLimits : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.RiskLimits;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>Largest notional of one order, mantissa at 8 decimals of the quote asset.</summary>
    [field: FieldOffset(32)]
    public required long OrderNotionalMax { get; init; }

    /// <summary>
    /// Largest distance of a price from the reference price, in 1/10,000; 0 checks none.
    /// </summary>
    [field: FieldOffset(40)]
    public required int PriceCollarBasisPoints { get; init; }

    [field: FieldOffset(44)]
    public required int OpenOrdersPerAccountMax { get; init; }

    /// <summary>Older reference prices refuse every order.</summary>
    [field: FieldOffset(48)]
    public required long ReferencePriceAgeMaxNanos { get; init; }

    /// <summary>Orders that waited longer from the gateway to FastPath are refused.</summary>
    [field: FieldOffset(56)]
    public required long CommandAgeMaxNanos { get; init; }

    /// <summary>In which limits over several instruments are stated; none where there are none.</summary>
    [field: FieldOffset(64)]
    public required AssetId ValuationAssetId { get; init; }

    [field: FieldOffset(68)]
    public uint Reserved { get; init; }
}
