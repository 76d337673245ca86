using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Gateway.Listings;

/// <summary>FastPath's live state, read from its tables by any thread.</summary>
internal sealed class StateReader(SharedRegion region, TimeProvider time) : IDisposable
{
    private readonly StateTable<AccountGateChanged> _gates =
        Open<AccountGateChanged>(region, StateTables.Gates);
    private readonly StateTable<TopOfBook> _tops = Open<TopOfBook>(region, StateTables.TopsOfBook);
    private readonly StateTable<BalanceChanged> _balances =
        Open<BalanceChanged>(region, StateTables.Balances);
    private readonly StateTable<PositionChanged> _positions =
        Open<PositionChanged>(region, StateTables.Positions);

    private readonly StateTable<HaltChanged> _halts = Open<HaltChanged>(region, StateTables.Halts);

    private readonly RequestBudgets _budgets = new(region);

    private readonly BookTables _books = new(region, time);

    /// <summary>Null when nothing was said of the firm yet.</summary>
    public HaltChanged? FirmHalt => HaltAt(0);

    public IEnumerable<BalanceChanged> Balances => All(_balances);

    /// <summary>All balances as they were after one event.</summary>
    /// <param name="logSequence">Of that event; 0 where FastPath died while it changed them: then each is whole, and
    /// all of them are of no one moment.</param>
    public List<BalanceChanged> BalancesAt(out long logSequence)
    {
        var rows = new List<BalanceChanged>(_balances.Count);
        return _balances.TryReadAll(rows, out logSequence) ? rows : [.. All(_balances)];
    }

    public IEnumerable<PositionChanged> Positions => All(_positions);

    /// <summary>Null when nothing was said of the account yet.</summary>
    public AccountGateChanged? GateOf(KnownAccount account) =>
        _gates.TryRead((int)account.Id.Value - 1, out AccountGateChanged gate)
        && gate.Header.Kind == MessageKind.AccountGateChanged ? gate : null;

    /// <summary>Null when nothing was said of the account yet.</summary>
    public HaltChanged? HaltOf(KnownAccount account) => HaltAt((int)account.Id.Value);

    /// <summary>Null when there is no valid book.</summary>
    public TopOfBook? TopOf(KnownInstrument instrument) =>
        _tops.TryRead((int)instrument.Id.Value - 1, out TopOfBook top)
        && top.BidPrice > 0 && top.AskPrice > 0 ? top : null;

    /// <summary>Null when there is no valid book, or nobody keeps one.</summary>
    public BookRow? BookOf(KnownInstrument instrument) => _books.Of(instrument.Id);

    /// <summary>Null where nobody counts: nothing was said yet, or orders are matched here.</summary>
    public RequestBudgetRow? BudgetOf(KnownAccount account, Market market) =>
        _budgets.Of(account.Definition, market);

    public void Dispose()
    {
        _budgets.Dispose();
        _books.Dispose();
        _gates.Dispose();
        _tops.Dispose();
        _balances.Dispose();
        _positions.Dispose();
        _halts.Dispose();
    }

    private HaltChanged? HaltAt(int row) =>
        _halts.TryRead(row, out HaltChanged halt) && halt.Header.Kind == MessageKind.HaltChanged ? halt : null;

    private static StateTable<TRow> Open<TRow>(SharedRegion region, string name)
        where TRow : unmanaged, IMessage => StateTable<TRow>.OpenReader(region, name);

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
