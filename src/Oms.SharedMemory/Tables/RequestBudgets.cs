using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>The budgets of all accounts, out of the table of each connector. Read by any thread.</summary>
public sealed class RequestBudgets(SharedRegion region) : IDisposable
{
    private readonly ConnectorTables<RequestBudgetRow> _tables = new(region, StateTables.RequestBudgetsOf);

    /// <summary>The row of an account's market in the table of its connector.</summary>
    public static int RowOf(Domain.Ids.AccountId account, Market market) =>
        (((int)account.Value - 1) * 2) + (market == Market.Futures ? 1 : 0);

    /// <summary>Rows of a table for so many accounts.</summary>
    public static int RowsFor(int accounts) => accounts * 2;

    /// <summary>Null where the account's connector has said nothing yet, or the account is matched here.</summary>
    public RequestBudgetRow? Of(in AccountDefined account, Market market) =>
        _tables.Of(account.Connector) is { } table
        && table.TryRead(RowOf(account.Header.AccountId, market), out RequestBudgetRow row)
            ? row
            : null;

    public void Dispose() => _tables.Dispose();
}
