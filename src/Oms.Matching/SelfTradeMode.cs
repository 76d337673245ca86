namespace Oms.Matching;

/// <summary>
/// What becomes of an arriving order, the newest, and of its owner's resting one, the oldest, when they meet.
/// </summary>
public enum SelfTradeMode : byte
{
    /// <summary>They trade.</summary>
    None,

    CancelNewest,

    CancelOldest,

    CancelBoth,

    /// <summary>Both lose the smaller of their quantities without a trade.</summary>
    Decrement,
}
