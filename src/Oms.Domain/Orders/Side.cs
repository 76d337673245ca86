namespace Oms.Domain.Orders;

/// <summary>FIX 54.</summary>
public enum Side : byte
{
    Buy = 1,
    Sell = 2,
}
