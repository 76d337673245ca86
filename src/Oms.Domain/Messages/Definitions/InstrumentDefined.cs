using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>An instrument has a number from now on.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct InstrumentDefined : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.InstrumentDefined;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public required AssetId BaseAssetId { get; init; }

    [field: FieldOffset(40)]
    public required AssetId QuoteAssetId { get; init; }

    [field: FieldOffset(44)]
    public required Market Market { get; init; }

    [field: FieldOffset(45)]
    public required byte PriceDecimals { get; init; }

    [field: FieldOffset(46)]
    public required byte QuantityDecimals { get; init; }

    /// <summary>1 where orders are matched by FastPath itself, and go to no exchange.</summary>
    [field: FieldOffset(47)]
    public required byte IsMatchedHere { get; init; }

    [field: FieldOffset(48)]
    public required Text16 Exchange { get; init; }

    /// <summary>BASE/QUOTE.</summary>
    [field: FieldOffset(64)]
    public required Text32 Symbol { get; init; }

    /// <summary>The exchange's string.</summary>
    [field: FieldOffset(96)]
    public required Text32 ExchangeSymbol { get; init; }
}
