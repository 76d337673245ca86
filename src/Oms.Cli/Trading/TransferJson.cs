namespace Oms.Cli.Trading;

/// <summary>A transfer as scripts read it.</summary>
internal sealed record TransferJson(
    string ClientTransferId,
    string? TransferId,
    string From,
    string FromWallet,
    string To,
    string ToWallet,
    string Asset,
    string Amount,
    string Status,
    string? RejectReason,
    int Hop,
    string? ExchangeTransferId,
    string? CreatedTime,
    string? UpdatedTime)
{
    public static TransferJson Of(V1.Transfer transfer) => new(
        transfer.ClientTransferId,
        Wording.NullIfEmpty(transfer.TransferId),
        transfer.FromAccount,
        Wording.Of(transfer.FromWallet),
        transfer.ToAccount,
        Wording.Of(transfer.ToWallet),
        transfer.Asset,
        transfer.Amount,
        Wording.Of(transfer.Status),
        Wording.NullIfEmpty(transfer.RejectReason),
        transfer.Hop,
        Wording.NullIfEmpty(transfer.ExchangeTransferId),
        Wording.Of(transfer.CreatedTime),
        Wording.Of(transfer.UpdatedTime));
}
