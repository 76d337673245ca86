namespace Oms.Domain.Orders;

/// <summary>FIX 18: how an order wants to be handled.</summary>
[Flags]
public enum OrderFlags : byte
{
    None = 0,

    /// <summary>Refused where it would trade at once.</summary>
    PostOnly = 1,

    /// <summary>May only make a position smaller; no limit stops it.</summary>
    ReduceOnly = 2,
}
