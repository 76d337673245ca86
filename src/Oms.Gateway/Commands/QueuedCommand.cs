using Oms.Domain.Messages;

namespace Oms.Gateway.Commands;

/// <summary>A command on its way to the ring: an order, or a cancel.</summary>
internal sealed record QueuedCommand(long CorrelationId, PlaceOrder? Place, CancelOrder? Cancel);
