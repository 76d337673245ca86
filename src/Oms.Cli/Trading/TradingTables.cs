using System.Collections.Immutable;
using Spectre.Console;

namespace Oms.Cli.Trading;

/// <summary>Orders, fills, balances, transfers and positions as tables.</summary>
internal static class TradingTables
{
    /// <summary>A file or a pipe has no width.</summary>
    public const int WidthOfFiles = 200;

    private static readonly ImmutableArray<TableField> OrderFields =
    [
        new("created", DropRank: 6),
        new("account", DropRank: 2),
        new("symbol"),
        new("side"),
        new("type", DropRank: 5),
        new("quantity"),
        new("filled", DropRank: 3),
        new("price"),
        new("average", DropRank: 4),
        new("status", CanFold: true),
        new("order id", DropRank: 1),
        new("client order id", CanFold: true),
    ];

    private static readonly ImmutableArray<TableField> FillFields =
    [
        new("time", DropRank: 1),
        new("account", DropRank: 3),
        new("symbol"),
        new("side"),
        new("quantity"),
        new("price"),
        new("fee", DropRank: 2),
        new("maker", DropRank: 5),
        new("trade id", DropRank: 4),
        new("order id", CanFold: true),
        new("sequence", DropRank: 6),
        new("execution id", DropRank: 7),
    ];

    private static readonly ImmutableArray<TableField> BalanceFields =
    [
        new("account", CanFold: true),
        new("wallet", DropRank: 1),
        new("asset"),
        new("free"),
        new("reserved"),
        new("in transit"),
    ];

    private static readonly ImmutableArray<TableField> TransferFields =
    [
        new("created", DropRank: 4),
        new("from", CanFold: true),
        new("wallet", DropRank: 2),
        new("to", CanFold: true),
        new("wallet", DropRank: 2),
        new("asset"),
        new("amount"),
        new("status", CanFold: true),
        new("transfer id", DropRank: 3),
        new("client transfer id", DropRank: 1, CanFold: true),
    ];

    private static readonly ImmutableArray<TableField> PositionFields =
    [
        new("account", CanFold: true),
        new("market", DropRank: 1),
        new("symbol"),
        new("quantity"),
        new("average price"),
        new("realized"),
        new("unrealized", DropRank: 2),
        new("fees (quote)", DropRank: 3),
        new("fees (base)", DropRank: 4),
    ];

    private static readonly ImmutableArray<TableField> ExecutionFields =
    [
        new("time", DropRank: 3),
        new("account", DropRank: 2),
        new("what", DropRank: 1, CanFold: true),
        new("symbol"),
        new("side"),
        new("quantity"),
        new("filled", DropRank: 4),
        new("price"),
        new("status", CanFold: true),
        new("µs", DropRank: 5),
        new("client order id", CanFold: true),
    ];

    public static Table Orders(IEnumerable<V1.Order> orders)
    {
        var rows = new List<string[]>();
        foreach (V1.Order order in orders)
        {
            rows.Add([
                Wording.TimeOfDay(order.CreatedTime),
                order.Account,
                order.Symbol,
                Wording.Of(order.Side),
                $"{Wording.Of(order.Type)} {Wording.Of(order.TimeInForce)}",
                order.Quantity,
                order.FilledQuantity,
                order.Price,
                order.AveragePrice,
                StatusOf(order),
                order.OrderId,
                order.ClientOrderId,
            ]);
        }

        return Fitted(OrderFields, rows);
    }

    public static Table Fills(IEnumerable<V1.Fill> fills)
    {
        var rows = new List<string[]>();
        foreach (V1.Fill fill in fills)
        {
            rows.Add([
                Wording.TimeOfDay(fill.Time),
                fill.Account,
                fill.Symbol,
                Wording.Of(fill.Side),
                fill.Quantity,
                fill.Price,
                $"{fill.Fee} {fill.FeeAsset}",
                fill.IsMaker ? "maker" : "taker",
                fill.TradeId,
                fill.OrderId,
                $"{fill.Sequence}",
                fill.ExecutionId,
            ]);
        }

        return Fitted(FillFields, rows);
    }

    public static Table Balances(IEnumerable<V1.Balance> balances)
    {
        var rows = new List<string[]>();
        foreach (V1.Balance balance in balances)
        {
            rows.Add([
                balance.Account,
                Wording.Of(balance.Wallet),
                balance.Asset,
                balance.Free,
                balance.Reserved,
                balance.InTransit,
            ]);
        }

        return Fitted(BalanceFields, rows);
    }

    public static Table Transfers(IEnumerable<V1.Transfer> transfers)
    {
        var rows = new List<string[]>();
        foreach (V1.Transfer transfer in transfers)
        {
            rows.Add([
                Wording.TimeOfDay(transfer.CreatedTime),
                transfer.FromAccount,
                Wording.Of(transfer.FromWallet),
                transfer.ToAccount,
                Wording.Of(transfer.ToWallet),
                transfer.Asset,
                transfer.Amount,
                $"{Wording.Of(transfer.Status)} {transfer.RejectReason}".TrimEnd(),
                transfer.TransferId,
                transfer.ClientTransferId,
            ]);
        }

        return Fitted(TransferFields, rows);
    }

    public static Table Positions(IEnumerable<V1.Position> positions)
    {
        var rows = new List<string[]>();
        foreach (V1.Position position in positions)
        {
            rows.Add([
                position.Account,
                Wording.Of(position.Market),
                position.Symbol,
                position.Quantity,
                position.AveragePrice,
                position.RealizedPnl,
                position.UnrealizedPnl,
                position.QuoteFees,
                position.BaseFees,
            ]);
        }

        return Fitted(PositionFields, rows);
    }

    public static Table Executions(IEnumerable<V1.Execution> executions)
    {
        var rows = new List<string[]>();
        foreach (V1.Execution execution in executions)
        {
            V1.Order order = execution.Order ?? new();
            rows.Add([
                Wording.TimeOfDay(execution.Time),
                execution.Account,
                $"{Wording.Of(execution.Type)} {execution.CancelRejectReason}".TrimEnd(),
                order.Symbol,
                execution.Order is null ? "" : Wording.Of(order.Side),
                order.Quantity,
                order.FilledQuantity,
                execution.Fill?.Price ?? order.Price,
                execution.Order is null ? "" : StatusOf(order),
                TotalOf(order.Stages),
                order.ClientOrderId,
            ]);
        }

        return Fitted(ExecutionFields, rows);
    }

    private static string StatusOf(V1.Order order) =>
        $"{Wording.Of(order.Status)} {order.RejectReason}".TrimEnd();

    private static string TotalOf(V1.Stages? stages) => stages is null
        ? ""
        : (stages.GatewayUs + stages.RingUs + stages.RiskUs
            + stages.ConnectorUs + stages.ExchangeUs + stages.BackUs).ToString();

    private static Table Fitted(ImmutableArray<TableField> fields, List<string[]> rows) =>
        FittedTable.Of(
            fields, rows, Console.IsOutputRedirected ? WidthOfFiles : AnsiConsole.Profile.Width);
}
