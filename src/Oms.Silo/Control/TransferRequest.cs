using Oms.Grains.Transfers;

namespace Oms.Silo.Control;

/// <summary>What a silo that does not feed asks of the one that does.</summary>
/// <param name="Id">The client's id of the transfer.</param>
/// <param name="IntentUnixNanos">When it was first wanted.</param>
internal sealed record TransferRequest(string Id, TransferOrder Order, long IntentUnixNanos);
