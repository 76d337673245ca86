using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>
/// Money between the wallets of a main account and of its sub-accounts, as the main account asks for it.
/// </summary>
public interface ITransfers
{
    /// <summary>
    /// Asks for a hop under its wire transfer id, which the exchange takes once. Accepted: the exchange has it, now or
    /// from an earlier request. Never throws for what the exchange or the network does.
    /// </summary>
    Task<Outcome<TransferSeen>> Transfer(SubmitTransfer transfer, CancellationToken cancellation);

    /// <summary>
    /// What the exchange's history says of a hop. Refused with
    /// <see cref="Domain.Orders.RejectReason.ExchangeOrderUnknown"/>: it does not have it now.
    /// </summary>
    Task<Outcome<TransferSeen>> QueryTransfer(ResolveTransfer request, CancellationToken cancellation);
}
