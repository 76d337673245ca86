using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>A transfer of a rebalance as scripts read it.</summary>
internal sealed record RebalanceMoveJson(
    string Purpose,
    string ClientTransferId,
    string From,
    string FromWallet,
    string To,
    string ToWallet,
    string Amount)
{
    public static RebalanceMoveJson Of(V1.RebalanceMove move) => new(
        Wording.Of(move.Purpose),
        move.ClientTransferId,
        move.FromAccount,
        Wording.Of(move.FromWallet),
        move.ToAccount,
        Wording.Of(move.ToWallet),
        move.Amount);
}
