namespace Oms.Matching;

/// <summary>One trade between a resting and an arriving order, at the resting order's price.</summary>
/// <param name="MakerLeavesQuantity">What the maker still shows; 0 when it has left the book.</param>
public readonly record struct Fill(
    long MakerOrderId,
    long TakerOrderId,
    long Price,
    long Quantity,
    long MakerLeavesQuantity);
