namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// How orders and trades move what accounts hold: the part of an exchange that differs from market to market. The
/// same rules hold live and when the journal is replayed.
/// </summary>
internal interface IClearing
{
    /// <summary>Sets aside what an arriving order may cost.</summary>
    void Reserve(ClientOrder order, AccountChange change);

    /// <summary>Books an account's half of a trade, and says what it cost and brought.</summary>
    ClientTrade Settle(in Execution execution, AccountChange change);

    /// <summary>Gives back what a closing order did not use.</summary>
    void Release(ClientOrder order, AccountChange change);
}
