using System.CommandLine;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms fills</c>: lists fills, newest first.</summary>
internal static class FillsCommand
{
    private const int TableRows = 50;

    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        Option<bool> json = TradingArguments.Json();
        var command = new Command("fills", $"Lists fills, newest first; the table shows {TableRows}.")
        {
            account, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                bool asJson = arguments.GetValue(json);
                List<V1.Fill> fills = await TradingLists.FillsAsync(
                    gateway,
                    arguments.GetValue(account) ?? "",
                    "",
                    asJson ? int.MaxValue : TableRows,
                    cancellation);
                TradingOutput.Write(
                    asJson, fills, FillJson.Of, TradingJson.Plain.FillJson, TradingTables.Fills);
                return ExitCode.Done;
            }));
        return command;
    }
}
