namespace Oms.Matching;

/// <summary>The side of a book on which an order rests.</summary>
public enum BookSide : byte
{
    Bid,
    Ask,
}
