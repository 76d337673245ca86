using Oms.Gateway.Orders;
using Oms.Gateway.Transfers;

namespace Oms.Gateway.Events;

/// <summary>What the gateway remembers of FastPath's events.</summary>
internal sealed class GatewayViews
{
    public OrderView Orders { get; } = new(GatewayLimits.OrdersRememberedMax);

    public BoundedHistory<FillRecord> Fills { get; } = new(GatewayLimits.FillsRememberedMax);

    public TransferView Transfers { get; } = new(GatewayLimits.TransfersRememberedMax);

    public AccountSequences Sequences { get; } = new();

    public ExecutionFanOut Executions { get; } = new();
}
