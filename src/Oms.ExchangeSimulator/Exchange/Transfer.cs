namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Money that moved from one wallet to another, whole and at once.</summary>
/// <param name="TransferId">The exchange's number of it.</param>
/// <param name="ClientTransferId">Taken once, for ever; null where the client gave none.</param>
internal sealed record Transfer(
    long TransferId,
    Account From,
    WalletKind FromWallet,
    Account To,
    WalletKind ToWallet,
    string Asset,
    long Amount,
    string? ClientTransferId,
    long TimeMs)
{
    /// <summary>Between the wallets of one account, asked for by itself.</summary>
    public bool IsWithinAccount => From == To;
}
