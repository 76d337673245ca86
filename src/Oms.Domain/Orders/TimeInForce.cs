namespace Oms.Domain.Orders;

/// <summary>FIX 59.</summary>
public enum TimeInForce : byte
{
    GoodTillCancel = 1,
    ImmediateOrCancel = 3,
}
