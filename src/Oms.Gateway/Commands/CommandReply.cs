using Oms.Domain.Accounts;
using Oms.Domain.Orders;
using Oms.Gateway.Orders;
using Oms.Gateway.Transfers;

namespace Oms.Gateway.Commands;

/// <summary>The answer to a command.</summary>
/// <param name="Order">The order after it; null when there is none.</param>
/// <param name="CancelRejectReason">None unless a cancel or a change was refused.</param>
/// <param name="Halt">How far a halt is; null in the answer to any other command.</param>
/// <param name="OrderCount">How many orders a mass cancel found.</param>
/// <param name="EvidenceId">The round of evidence that was begun; 0 when none was.</param>
/// <param name="IsRepeated">The order had been asked for before; nothing happened.</param>
/// <param name="Transfer">The transfer after it; null in the answer to any other command.</param>
internal sealed record CommandReply(
    CommandFate Fate,
    OrderRecord? Order = null,
    RejectReason CancelRejectReason = RejectReason.None,
    HaltState? Halt = null,
    int OrderCount = 0,
    long EvidenceId = 0,
    bool IsRepeated = false,
    TransferRecord? Transfer = null);
