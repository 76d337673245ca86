namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A transfer as the journal keeps it.</summary>
internal sealed record JournalTransfer(
    long TransferId,
    string From,
    WalletKind FromWallet,
    string To,
    WalletKind ToWallet,
    string Asset,
    long Amount,
    string? ClientTransferId)
{
    public static JournalTransfer Of(Transfer transfer) => new(
        transfer.TransferId, transfer.From.Name, transfer.FromWallet, transfer.To.Name, transfer.ToWallet,
        transfer.Asset, transfer.Amount, transfer.ClientTransferId);
}
