namespace Oms.Domain.Orders;

/// <summary>
/// FIX 150: why an execution report was written. 11 is a refused cancel in the API, which is no report here.
/// </summary>
public enum ExecutionType : byte
{
    PendingNew = 1,
    New = 2,
    Trade = 3,
    PendingCancel = 4,
    Canceled = 5,
    Rejected = 6,
    Expired = 7,

    /// <summary>The outcome at the exchange became unknown.</summary>
    Unknown = 8,

    /// <summary>The state of an order that was asked for again; nothing happened.</summary>
    OrderStatus = 9,

    /// <summary>
    /// The order is as it was before a refused cancel or change, or has a size that follows another order.
    /// </summary>
    Restated = 10,

    /// <summary>Held here until a price or another order lets it go.</summary>
    Suspended = 12,

    /// <summary>What it waited for has come.</summary>
    Triggered = 13,
    PendingReplace = 14,
    Replaced = 15,
}
