using System.CommandLine;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms orders</c>: lists orders, newest first.</summary>
internal static class OrdersCommand
{
    private const int TableRows = 50;

    private static readonly V1.OrderStatus[] Open =
        [.. Enum.GetValues<V1.OrderStatus>().Where(status =>
            status != V1.OrderStatus.Unspecified && !Wording.IsFinal(status))];

    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        var open = new Option<bool>("--open") { Description = "Only orders that have not ended." };
        Option<bool> json = TradingArguments.Json();
        var command = new Command("orders", $"Lists orders, newest first; the table shows {TableRows}.")
        {
            account, open, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                bool asJson = arguments.GetValue(json);
                List<V1.Order> orders = await TradingLists.OrdersAsync(
                    gateway,
                    arguments.GetValue(account) ?? "",
                    arguments.GetValue(open) ? Open : [],
                    asJson ? int.MaxValue : TableRows,
                    cancellation);
                TradingOutput.Write(
                    asJson, orders, OrderJson.Of, TradingJson.Plain.OrderJson, TradingTables.Orders);
                return ExitCode.Done;
            }));
        return command;
    }
}
