using System.Collections.Concurrent;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>The budgets of all accounts, out of the table of each connector. Read by any thread.</summary>
public sealed class RequestBudgets(SharedRegion region) : IDisposable
{
    private readonly ConcurrentDictionary<ushort, StateTable<RequestBudgetRow>> _tables = new();

    /// <summary>The row of an account's market in the table of its connector.</summary>
    public static int RowOf(Domain.Ids.AccountId account, Market market) =>
        (((int)account.Value - 1) * 2) + (market == Market.Futures ? 1 : 0);

    /// <summary>Rows of a table for so many accounts.</summary>
    public static int RowsFor(int accounts) => accounts * 2;

    /// <summary>Null where the account's connector has said nothing yet, or the account is matched here.</summary>
    public RequestBudgetRow? Of(in AccountDefined account, Market market) =>
        TableOf(account.Connector) is { } table
        && table.TryRead(RowOf(account.Header.AccountId, market), out RequestBudgetRow row)
            ? row
            : null;

    public void Dispose()
    {
        foreach (StateTable<RequestBudgetRow> table in _tables.Values)
        {
            table.Dispose();
        }
    }

    private StateTable<RequestBudgetRow>? TableOf(ushort connector)
    {
        if (_tables.TryGetValue(connector, out StateTable<RequestBudgetRow>? known))
        {
            return known;
        }

        string name = StateTables.RequestBudgetsOf(connector);
        if (!File.Exists(region.TablePath(name)))
        {
            return null;
        }

        var opened = StateTable<RequestBudgetRow>.OpenReader(region, name);
        StateTable<RequestBudgetRow> kept = _tables.GetOrAdd(connector, opened);
        if (kept != opened)
        {
            opened.Dispose();
        }

        return kept;
    }
}
