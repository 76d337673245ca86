namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Every transfer that took place.</summary>
internal sealed class TransferBook
{
    private readonly List<Transfer> _transfers = [];
    private readonly HashSet<string> _clientIds = new(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Transfer> Transfers => _transfers;

    /// <summary>Whether a client's id was taken: each is taken once, for ever.</summary>
    public bool Has(string clientTransferId) => _clientIds.Contains(clientTransferId);

    public Transfer Add(NewTransfer asked, long timeMs)
    {
        Transfer transfer = new(
            _transfers.Count + 1, asked.From, asked.FromWallet, asked.To, asked.ToWallet, asked.Asset,
            asked.Amount, asked.ClientTransferId, timeMs);
        _transfers.Add(transfer);
        if (asked.ClientTransferId is { } id)
        {
            _ = _clientIds.Add(id);
        }

        return transfer;
    }
}
