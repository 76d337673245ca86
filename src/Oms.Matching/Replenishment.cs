namespace Oms.Matching;

/// <summary>An iceberg shows anew, behind all that rests at its price.</summary>
public readonly record struct Replenishment(
    OrderHandle Maker, long MakerOrderId, long Price, long ShownQuantity, long HiddenQuantity);
