namespace Oms.Domain.Orders;

/// <summary>FIX 1385: how the orders of a list depend on each other.</summary>
public enum Contingency : byte
{
    None = 0,

    /// <summary>OCO: what one of two fills, the other no longer may.</summary>
    OneCancelsOther = 1,

    /// <summary>OTO: the second is worth what the first has filled.</summary>
    OneTriggersOther = 2,

    /// <summary>A first order, and a take-profit and a stop that share what it has filled.</summary>
    Bracket = 3,
}
