namespace Oms.Domain.Orders;

/// <summary>What happens where an order would trade with another of the same owner.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>They trade.</summary>
    None = 0,

    /// <summary>The arriving order ends.</summary>
    CancelNewest = 1,

    /// <summary>The resting order ends.</summary>
    CancelOldest = 2,
    CancelBoth = 3,

    /// <summary>Both shrink by the smaller of the two.</summary>
    Decrement = 4,
}
