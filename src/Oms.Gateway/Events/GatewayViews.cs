using System.Collections.Concurrent;
using Oms.Domain.Ids;
using Oms.Gateway.Orders;
using Oms.Gateway.Transfers;

namespace Oms.Gateway.Events;

/// <summary>What the gateway remembers of FastPath's events.</summary>
internal sealed class GatewayViews
{
    private readonly ConcurrentDictionary<AccountId, AccountTotals> _totals = new();

    public OrderView Orders { get; } = new(GatewayLimits.OrdersRememberedMax);

    public BoundedHistory<FillRecord> Fills { get; } = new(GatewayLimits.FillsRememberedMax);

    public TransferView Transfers { get; } = new(GatewayLimits.TransfersRememberedMax);

    public HaltView Halts { get; } = new();

    public DayView Days { get; } = new();

    public AccountSequences Sequences { get; } = new();

    public ExecutionFanOut Executions { get; } = new();

    public AccountTotals TotalsOf(AccountId account) =>
        _totals.TryGetValue(account, out AccountTotals? totals)
            ? totals
            : _totals.GetOrAdd(account, new AccountTotals());
}
