using Oms.Domain.Orders;
using Oms.Gateway.Orders;
using Oms.Gateway.Transfers;

namespace Oms.Gateway.Commands;

/// <summary>The answer to a command.</summary>
/// <param name="Order">The order after it; null when there is none.</param>
/// <param name="CancelRejectReason">None unless a cancel was refused.</param>
/// <param name="Transfer">The transfer after it; null in the answer to any other command.</param>
internal sealed record CommandReply(
    CommandFate Fate,
    OrderRecord? Order = null,
    RejectReason CancelRejectReason = RejectReason.None,
    TransferRecord? Transfer = null);
