namespace Oms.Engine.Ledgers;

/// <summary>With whom an entry of the ledger balances.</summary>
internal enum ContraKind
{
    /// <summary>What was there before the OMS.</summary>
    Opening,

    /// <summary>The other sides of trades.</summary>
    Trades,
    Fees,
    Funding,

    /// <summary>What the exchange says beyond what can be explained.</summary>
    Adjustments,
    Deposits,
}
