namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A transfer as it is asked for.</summary>
internal sealed record NewTransfer(
    Account From,
    WalletKind FromWallet,
    Account To,
    WalletKind ToWallet,
    string Asset,
    long Amount,
    string? ClientTransferId);
