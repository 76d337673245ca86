using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>
/// The names and numbers of accounts, assets and instruments, as FastPath defined them. A process that needs
/// a
/// name it does not know reads the tables again: numbers are only ever added.
/// </summary>
public sealed class ListingDirectory : IDisposable
{
    private readonly StateTable<AccountDefined> _accountTable;
    private readonly StateTable<AssetDefined> _assetTable;
    private readonly StateTable<InstrumentDefined> _instrumentTable;

    /// <exception cref="FileNotFoundException">FastPath has not made the tables yet.</exception>
    /// <exception cref="LayoutMismatchException">Another version made them.</exception>
    public ListingDirectory(SharedRegion region)
    {
        _accountTable = StateTable<AccountDefined>.OpenReader(region, StateTables.Accounts);
        _assetTable = StateTable<AssetDefined>.OpenReader(region, StateTables.Assets);
        _instrumentTable = StateTable<InstrumentDefined>.OpenReader(region, StateTables.Instruments);
    }

    public IEnumerable<AccountDefined> Accounts => All(_accountTable);

    public IEnumerable<AssetDefined> Assets => All(_assetTable);

    public IEnumerable<InstrumentDefined> Instruments => All(_instrumentTable);

    public bool TryFindAccount(string name, out AccountDefined account) =>
        TryFind(Accounts, row => row.Name.ToString() == name, out account);

    public bool TryFindAsset(string name, out AssetDefined asset) =>
        TryFind(Assets, row => row.Name.ToString() == name, out asset);

    /// <summary>The newest instrument of a symbol: other decimals made a new one.</summary>
    /// <param name="symbol"><c>BASE/QUOTE</c>.</param>
    public bool TryFindInstrument(
        string exchange, Domain.Instruments.Market market, string symbol, out InstrumentDefined instrument) =>
        TryFind(
            Instruments.Reverse(),
            row => row.Market == market
                && row.Exchange.ToString() == exchange
                && row.Symbol.ToString() == symbol,
            out instrument);

    public bool TryGet(AccountId id, out AccountDefined account) =>
        _accountTable.TryRead(RowOf(id.Value), out account);

    public bool TryGet(AssetId id, out AssetDefined asset) => _assetTable.TryRead(RowOf(id.Value), out asset);

    public bool TryGet(InstrumentId id, out InstrumentDefined instrument) =>
        _instrumentTable.TryRead(RowOf(id.Value), out instrument);

    public void Dispose()
    {
        _accountTable.Dispose();
        _assetTable.Dispose();
        _instrumentTable.Dispose();
    }

    /// <summary>-1 for no id; an id beyond what a table can hold is beyond this one's rows too.</summary>
    private static int RowOf(uint id) => (int)Math.Min(id, int.MaxValue) - 1;

    private static bool TryFind<TRow>(IEnumerable<TRow> rows, Func<TRow, bool> matches, out TRow found)
        where TRow : struct
    {
        foreach (TRow row in rows)
        {
            if (matches(row))
            {
                found = row;
                return true;
            }
        }

        found = default;
        return false;
    }

    private static IEnumerable<TRow> All<TRow>(StateTable<TRow> table)
        where TRow : unmanaged, IMessage
    {
        for (int index = 0; index < table.Count; index++)
        {
            if (table.TryRead(index, out TRow row))
            {
                yield return row;
            }
        }
    }
}
