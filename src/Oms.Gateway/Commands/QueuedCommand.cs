using Oms.Domain.Messages;

namespace Oms.Gateway.Commands;

/// <summary>A command on its way to the ring: an order, a cancel, or a transfer.</summary>
internal sealed record QueuedCommand(
    long CorrelationId, PlaceOrder? Place, CancelOrder? Cancel, StartTransfer? Transfer = null);
