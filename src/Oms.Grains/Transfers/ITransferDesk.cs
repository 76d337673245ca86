namespace Oms.Grains.Transfers;

/// <summary>The way from a transfer's grain to FastPath.</summary>
public interface ITransferDesk
{
    /// <summary>
    /// Asks FastPath for a transfer. Asking again does no harm: FastPath takes an id once. What FastPath makes of it
    /// comes as an event.
    /// </summary>
    /// <param name="id">The client's id of the transfer.</param>
    /// <param name="intentUnixNanos">When it was first wanted.</param>
    /// <returns>False when FastPath did not take the request: it is to be asked again.</returns>
    Task<bool> TryAsk(string id, TransferOrder order, long intentUnixNanos);
}
