using System.Runtime.InteropServices;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Engine.State;

namespace Oms.Engine.Ledgers;

/// <summary>
/// Balances by (account, wallet, asset), in double entry: every change of a balance is balanced by one of
/// its asset's contra account. Rows are never removed; their order is that of first use.
/// </summary>
internal sealed class Ledger
{
    private readonly List<BalanceRow> _rows = [];
    private readonly Dictionary<(AccountId Account, Market Wallet, AssetId Asset), BalanceRow> _byKey = [];
    private readonly List<BalanceRow> _dirty = [];

    public int RowsMax { get; set; }

    public IReadOnlyList<BalanceRow> Rows => _rows;

    /// <summary>Rows that are new or changed since the list was last cleared, each once.</summary>
    public ReadOnlySpan<BalanceRow> Dirty => CollectionsMarshal.AsSpan(_dirty);

    /// <summary>Whether the rows of these assets are there, or find room.</summary>
    public bool HasRoomFor(AccountState account, Market wallet, AssetState first, AssetState second) =>
        _rows.Count + Missing(account, wallet, first) + Missing(account, wallet, second) <= RowsMax;

    /// <summary>The row, made at first use; null where there is no room for it.</summary>
    public BalanceRow? TryRow(AccountState account, Market wallet, AssetState asset) =>
        _rows.Count + Missing(account, wallet, asset) <= RowsMax ? Row(account, wallet, asset) : null;

    /// <summary>The row, made at first use.</summary>
    public BalanceRow Row(AccountState account, Market wallet, AssetState asset)
    {
        (AccountId, Market, AssetId) key = (account.Id, wallet, asset.Id);
        if (!_byKey.TryGetValue(key, out BalanceRow? row))
        {
            Invariant.Holds(_rows.Count < RowsMax);
            row = new(_rows.Count, account, wallet, asset);
            _byKey.Add(key, row);
            _rows.Add(row);
            account.Balances.Add(row);
            Touch(row);
        }

        return row;
    }

    /// <summary>Books an amount to a row, and its opposite to the contra account.</summary>
    public void Post(BalanceRow row, long amount, ContraKind contra)
    {
        row.Total += amount;
        row.Asset.Contra.Add(contra, -amount);
        Touch(row);
    }

    /// <summary>Reserves an amount of a row, or gives it back where it is negative.</summary>
    public void Reserve(BalanceRow row, long amount)
    {
        row.Reserved += amount;
        Invariant.Holds(row.Reserved >= 0);
        Touch(row);
    }

    /// <summary>Moves what is reserved of a row into transit.</summary>
    public void Depart(BalanceRow row, long amount)
    {
        Reserve(row, -amount);
        row.Total -= amount;
        row.InTransit += amount;
    }

    /// <summary>Moves out of transit what left one row and arrives in another.</summary>
    public void Arrive(BalanceRow from, BalanceRow to, long amount)
    {
        from.InTransit -= amount;
        to.Total += amount;
        Invariant.Holds(from.InTransit >= 0);
        Touch(from);
        Touch(to);
    }

    /// <summary>Gives back to a row what is in transit from it.</summary>
    public void Return(BalanceRow row, long amount) => Arrive(row, row, amount);

    /// <summary>Takes back what arrived in one row from another.</summary>
    /// <param name="isReserved">It was reserved where it arrived.</param>
    public void Recall(BalanceRow arrived, BalanceRow from, long amount, bool isReserved)
    {
        Reserve(arrived, isReserved ? -amount : 0);
        arrived.Total -= amount;
        from.Total += amount;
        Touch(from);
    }

    public void ClearDirty()
    {
        foreach (BalanceRow row in _dirty)
        {
            row.IsDirty = false;
        }

        _dirty.Clear();
    }

    /// <summary>Notes that a row is new or changed.</summary>
    public void Touch(BalanceRow row)
    {
        if (!row.IsDirty)
        {
            row.IsDirty = true;
            _dirty.Add(row);
        }
    }

    private int Missing(AccountState account, Market wallet, AssetState asset) =>
        _byKey.ContainsKey((account.Id, wallet, asset.Id)) ? 0 : 1;
}
