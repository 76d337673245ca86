namespace Oms.Matching;

/// <summary>One trade between a resting and an arriving order, at the resting order's price.</summary>
/// <param name="MakerLeavesQuantity">
/// What is left of the maker, with what it hides; 0 when it has left the book, and its handle is void.
/// </param>
public readonly record struct Fill(
    OrderHandle Maker,
    long MakerOrderId,
    long TakerOrderId,
    long Price,
    long Quantity,
    long MakerLeavesQuantity);
