namespace Oms.Domain.Orders;

/// <summary>What of an order an exchange changes in place.</summary>
public enum OrderAmendment : uint
{
    /// <summary>Nothing: an order is canceled and replaced.</summary>
    None = 0,

    /// <summary>Price and quantity.</summary>
    PriceAndQuantity = 1,

    /// <summary>It makes the quantity smaller, and the order keeps its turn.</summary>
    SmallerQuantity = 2,
}
