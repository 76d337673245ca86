namespace Oms.Domain.Orders;

/// <summary>
/// FIX 39, and <see cref="Unknown"/>: the bytes may have left and the exchange has not been heard.
/// </summary>
public enum OrderStatus : byte
{
    /// <summary>Accepted by risk, intent logged, on its way to the exchange.</summary>
    PendingNew = 1,
    New = 2,
    PartiallyFilled = 3,
    Filled = 4,
    PendingCancel = 5,
    Canceled = 6,
    Rejected = 7,
    Expired = 8,

    /// <summary>Exposure stays reserved until evidence from the exchange says what became of it.</summary>
    Unknown = 9,

    /// <summary>Held here: waits for a price, or for another order. The exchange has not heard of it.</summary>
    Suspended = 10,

    /// <summary>Working at the exchange, with a change of it on its way.</summary>
    PendingReplace = 11,
}
