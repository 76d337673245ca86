namespace Oms.Matching;

/// <summary>An order as it rests in a book.</summary>
/// <param name="ShownQuantity">What others see of it, and what trades in its turn.</param>
/// <param name="HiddenQuantity">The rest of an iceberg, from which it is replenished.</param>
/// <param name="PeakQuantity">What an iceberg shows when replenished; 0 for any other order.</param>
public readonly record struct RestingOrder(
    long OrderId,
    BookSide Side,
    long Price,
    long ShownQuantity,
    long HiddenQuantity,
    long PeakQuantity,
    OrderOwner Owner)
{
    /// <summary>What is still to be traded.</summary>
    public long Quantity => ShownQuantity + HiddenQuantity;
}
