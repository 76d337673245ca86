namespace Oms.Domain.Orders;

/// <summary>FIX 40.</summary>
public enum OrderType : byte
{
    Market = 1,
    Limit = 2,
}
