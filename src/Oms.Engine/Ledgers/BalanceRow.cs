using Oms.Domain.Instruments;
using Oms.Engine.State;

namespace Oms.Engine.Ledgers;

/// <summary>What an account holds of an asset in a wallet, mantissas at the asset's decimals.</summary>
internal sealed class BalanceRow(int index, AccountState account, Market wallet, AssetState asset)
{
    /// <summary>Its place in the ledger.</summary>
    public int Index { get; } = index;

    public AccountState Account { get; } = account;

    public Market Wallet { get; } = wallet;

    public AssetState Asset { get; } = asset;

    /// <summary>False until the exchange said what the account holds: then nothing can be spent.</summary>
    public bool IsOpened { get; set; }

    /// <summary>
    /// What the exchange held more than the ledger in the last round, not explained; 0 for none.
    /// </summary>
    public long Difference { get; set; }

    /// <summary>
    /// Of futures: the exchange may have booked another profit so far than was booked here, of the same trades taken in
    /// another order or of a rounded entry price. When all positions are closed, the wallet tells by how much.
    /// </summary>
    public bool IsCostDoubtful { get; set; }

    public long Total { get; set; }

    /// <summary>For live orders and transfers, and as margin of open positions.</summary>
    public long Reserved { get; set; }

    /// <summary>Left it for another row, and has not arrived there: nobody's to spend, and not in the total.</summary>
    public long InTransit { get; set; }

    /// <summary>Of the futures positions that are settled here.</summary>
    public Int128 Unrealized { get; set; }

    /// <summary>It is in the list of rows that changed.</summary>
    public bool IsDirty { get; set; }

    /// <summary>What may be spent: losses that are not realised yet are gone already.</summary>
    public long Free => Unrealized == 0 || Unrealized > 0
        ? Total - Reserved
        : Amounts.Saturated((Int128)Total - Reserved + Unrealized);
}
