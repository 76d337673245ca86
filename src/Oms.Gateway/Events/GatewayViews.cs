using Oms.Gateway.Orders;

namespace Oms.Gateway.Events;

/// <summary>What the gateway remembers of FastPath's events.</summary>
internal sealed class GatewayViews
{
    public OrderView Orders { get; } = new(GatewayLimits.OrdersRememberedMax);

    public BoundedHistory<FillRecord> Fills { get; } = new(GatewayLimits.FillsRememberedMax);

    public HaltView Halts { get; } = new();

    public AccountSequences Sequences { get; } = new();

    public ExecutionFanOut Executions { get; } = new();
}
