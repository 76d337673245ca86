namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How the orders of a list depend on each other.</summary>
internal enum ContingencyType : byte
{
    /// <summary>One cancels the other.</summary>
    Oco,

    /// <summary>One, filled, lets one or a pair begin.</summary>
    Oto,
}
