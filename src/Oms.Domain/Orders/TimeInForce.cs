namespace Oms.Domain.Orders;

/// <summary>FIX 59.</summary>
public enum TimeInForce : byte
{
    GoodTillCancel = 1,
    ImmediateOrCancel = 3,
    FillOrKill = 4,

    /// <summary>Ends at the order's expiry time.</summary>
    GoodTillDate = 6,
}
