using System.Collections.Immutable;
using Oms.Cli.Trading;
using Spectre.Console;

namespace Oms.Cli.Firm;

/// <summary>A rebalance as tables.</summary>
internal static class RebalanceTables
{
    private static readonly ImmutableArray<TableField> AccountFields =
    [
        new("account"), new("held"), new("free"), new("coming", DropRank: 1), new("leaving", DropRank: 2),
        new("bound"), new("worth", DropRank: 3), new("left alone", CanFold: true),
    ];

    private static readonly ImmutableArray<TableField> MoveFields =
    [
        new("why", DropRank: 1), new("from"), new("to"), new("amount"), new("id", DropRank: 2),
    ];

    /// <summary>The bound of the first is its minimum, of the others their maximum.</summary>
    public static Table Accounts(V1.RebalancePlan plan) => FirmTables.Fitted(
        AccountFields,
        plan.Accounts.Select((row, index) => new[]
        {
            row.Account, row.Held, row.Free, row.Coming, row.Leaving,
            row.Bound.Length == 0 ? "" : index == 0 ? $"min {row.Bound}" : $"max {row.Bound}",
            row.WorthMax.Length == 0 ? row.Worth : $"{row.Worth} max {row.WorthMax}",
            row.Problem,
        }));

    public static Table Moves(V1.RebalancePlan plan) => FirmTables.Fitted(
        MoveFields,
        plan.Moves.Select(move => new[]
        {
            Wording.Of(move.Purpose),
            Place(move.FromAccount, move.FromWallet),
            Place(move.ToAccount, move.ToWallet),
            $"{move.Amount} {plan.Asset}",
            move.ClientTransferId,
        }));

    private static string Place(string account, V1.Market wallet) =>
        wallet == V1.Market.Futures ? $"{account}:futures" : account;
}
