namespace Oms.Matching;

/// <summary>An order as a book sees it; prices and quantities are mantissas that the caller scales.</summary>
/// <param name="Quantity">What is still to be traded.</param>
public readonly record struct BookOrder(long OrderId, BookSide Side, long Price, long Quantity);
