namespace Oms.Matching;

/// <summary>What a resting order lost because its owner's other order met it.</summary>
/// <param name="Quantity">Taken from the maker; by decrement, from the taker too.</param>
/// <param name="MakerLeavesQuantity">
/// What is left of the maker, with what it hides; 0 when it has left the book, and its handle is void.
/// </param>
public readonly record struct PreventedTrade(
    OrderHandle Maker,
    long MakerOrderId,
    long TakerOrderId,
    long Price,
    long Quantity,
    long MakerLeavesQuantity);
