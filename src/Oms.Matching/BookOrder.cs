namespace Oms.Matching;

/// <summary>An order that arrives. Prices and quantities are mantissas that the caller scales.</summary>
/// <param name="OrderId">The caller's; never used again for another order.</param>
/// <param name="Price">The worst price it trades at. <see cref="AnyPrice"/> makes it a market order.</param>
/// <param name="Quantity">What is to be traded in all.</param>
public readonly record struct BookOrder(long OrderId, BookSide Side, long Price, long Quantity)
{
    /// <summary>What it shows at a time when it rests; 0 for all of it.</summary>
    public long DisplayQuantity { get; init; }

    public OrderOwner Owner { get; init; }

    public MatchingRule Rule { get; init; }

    public SelfTradeMode SelfTradeMode { get; init; }

    public SelfTradeScope SelfTradeScope { get; init; }

    /// <summary>The limit of an order that takes any price.</summary>
    public static long AnyPrice(BookSide side) => side == BookSide.Bid ? long.MaxValue : long.MinValue;
}
