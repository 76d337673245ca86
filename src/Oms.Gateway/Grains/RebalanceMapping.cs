using System.Globalization;
using Oms.Grains.Rebalancing;

namespace Oms.Gateway.Grains;

/// <summary>A plan in the words of the contract.</summary>
internal static class RebalanceMapping
{
    public static V1.RebalancePlan Of(RebalanceView view) => new()
    {
        Account = view.Account,
        RunId = view.RunId,
        UnixNanos = view.UnixNanos,
        Asset = view.Asset,
        Accounts = { view.Accounts.Select(Of) },
        Moves = { view.Moves.Select(Of) },
        Unpriced = { view.Unpriced },
        NextUnixNanos = view.NextUnixNanos,
    };

    private static V1.RebalanceAccount Of(RebalanceAccount account) => new()
    {
        Account = account.Account,
        Held = Text(account.Held),
        Free = Text(account.Free),
        Coming = Text(account.Coming),
        Leaving = Text(account.Leaving),
        Bound = account.Bound is { } bound ? Text(bound) : "",
        Problem = account.Problem,
        Worth = Text(account.Worth),
        WorthMax = account.WorthMax is { } worthMax ? Text(worthMax) : "",
    };

    private static V1.RebalanceMove Of(RebalanceMove move) => new()
    {
        Purpose = (V1.RebalancePurpose)move.Purpose,
        ClientTransferId = move.TransferId,
        FromAccount = move.Order.From,
        FromWallet = (V1.Market)move.Order.FromWallet,
        ToAccount = move.Order.To,
        ToWallet = (V1.Market)move.Order.ToWallet,
        Amount = Text(move.Order.Amount),
    };

    private static string Text(decimal amount) => amount.ToString("0.########", CultureInfo.InvariantCulture);
}
