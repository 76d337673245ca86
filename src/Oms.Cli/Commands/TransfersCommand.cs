using System.CommandLine;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms transfers</c>: lists transfers, newest first.</summary>
internal static class TransfersCommand
{
    private const int TableRows = 50;

    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        Option<bool> json = TradingArguments.Json();
        var command = new Command("transfers", $"Lists transfers, newest first; the table shows {TableRows}.")
        {
            account, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                bool asJson = arguments.GetValue(json);
                List<V1.Transfer> transfers = await TradingLists.TransfersAsync(
                    gateway, arguments.GetValue(account) ?? "", asJson ? int.MaxValue : TableRows, cancellation);
                TradingOutput.Write(
                    asJson, transfers, TransferJson.Of, TradingJson.Plain.TransferJson, TradingTables.Transfers);
                return ExitCode.Done;
            }));
        return command;
    }
}
