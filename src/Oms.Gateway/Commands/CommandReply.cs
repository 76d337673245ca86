using Oms.Domain.Orders;
using Oms.Gateway.Orders;

namespace Oms.Gateway.Commands;

/// <summary>The answer to a command.</summary>
/// <param name="Order">The order after it; null when there is none.</param>
/// <param name="CancelRejectReason">None unless a cancel was refused.</param>
internal sealed record CommandReply(
    CommandFate Fate, OrderRecord? Order = null, RejectReason CancelRejectReason = RejectReason.None);
