namespace Oms.Exchanges;

/// <summary>Lists of orders that an exchange keeps together itself.</summary>
[Flags]
public enum OrderListKinds : byte
{
    None = 0,

    /// <summary>Two of which one ends the other: one cancels the other, OCO.</summary>
    Pair = 1,

    /// <summary>One that begins to work when another is filled: one triggers the other, OTO.</summary>
    Waiting = 2,

    /// <summary>A pair that begins to work when another is filled: OTOCO.</summary>
    WaitingPair = 4,
}
