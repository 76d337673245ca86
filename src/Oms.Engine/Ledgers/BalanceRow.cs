using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Engine.Ledgers;

/// <summary>What an account holds of an asset in a wallet, mantissas at the asset's decimals.</summary>
internal sealed class BalanceRow(AccountId account, Market wallet, AssetId asset)
{
    public AccountId Account { get; } = account;

    public Market Wallet { get; } = wallet;

    public AssetId Asset { get; } = asset;

    /// <summary>False until the exchange said what the account holds: then nothing can be spent.</summary>
    public bool IsOpened { get; set; }

    /// <summary>
    /// What the exchange held more than the ledger in the last round, not explained; 0 for none.
    /// </summary>
    public long Difference { get; set; }

    public long Total { get; set; }

    public long Reserved { get; set; }

    public long Free => Total - Reserved;
}
