using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Engine.Ledgers;

/// <summary>
/// Balances by (account, wallet, asset). Rows are never removed; their order is that of first use.
/// </summary>
internal sealed class Ledger(int rowsMax)
{
    private readonly List<BalanceRow> _rows = [];
    private readonly Dictionary<(AccountId Account, Market Wallet, AssetId Asset), int> _byKey = [];

    public int RowsMax { get; set; } = rowsMax;

    public IReadOnlyList<BalanceRow> Rows => _rows;

    /// <summary>What is held; 0 when there is no row.</summary>
    public long TotalOf(AccountId account, Market wallet, AssetId asset) =>
        _byKey.TryGetValue((account, wallet, asset), out int index) ? _rows[index].Total : 0;

    public BalanceRow Row(AccountId account, Market wallet, AssetId asset)
    {
        Invariant.Holds(!account.IsNone && !asset.IsNone);
        if (!_byKey.TryGetValue((account, wallet, asset), out int index))
        {
            Invariant.Holds(_rows.Count < RowsMax);
            index = _rows.Count;
            _byKey.Add((account, wallet, asset), index);
            _rows.Add(new(account, wallet, asset));
        }

        return _rows[index];
    }
}
