using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Exchanges;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors;

/// <summary>
/// Shows in shared memory what each account may still send: whoever chooses between accounts looks there.
/// </summary>
internal sealed class BudgetBoard(SharedRegion region, ushort connector, TimeProvider time)
{
    private readonly List<(AccountId Id, Market Market, IExchangeAccount Account)> _accounts = [];

    public void Add(AccountId id, Market market, IExchangeAccount account) => _accounts.Add((id, market, account));

    public async Task Run(CancellationToken cancellation)
    {
        using StateTable<RequestBudgetRow> table = StateTable<RequestBudgetRow>.OpenWriter(
            region, StateTables.RequestBudgetsOf(connector), RequestBudgets.RowsFor(AccountsMax()));
        using var timer = new PeriodicTimer(ConnectorLimits.BudgetInterval, time);
        do
        {
            foreach ((AccountId id, Market market, IExchangeAccount account) in _accounts)
            {
                Show(table, RequestBudgets.RowOf(id, market), account.RequestsLeft(market));
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private void Show(StateTable<RequestBudgetRow> table, int index, in RequestsLeft left)
    {
        DateTimeOffset now = time.GetUtcNow();
        var row = new RequestBudgetRow
        {
            OrdersLeft = left.Orders,
            WeightLeft = left.Weight,
            HeldUntilUnixNanos = left.HeldFor > TimeSpan.Zero ? UnixNanos.Of(now + left.HeldFor).Value : 0,
            UnixNanos = UnixNanos.Of(now).Value,
        };
        table.Write(index, in row);
    }

    private int AccountsMax()
    {
        using StateTable<AccountDefined> accounts =
            StateTable<AccountDefined>.OpenReader(region, StateTables.Accounts);
        return accounts.RowsMax;
    }
}
