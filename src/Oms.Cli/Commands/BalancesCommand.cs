using System.CommandLine;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms balances</c>: lists balances.</summary>
internal static class BalancesCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        Option<bool> json = TradingArguments.Json();
        var command = new Command("balances", "Lists balances.") { account, json };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                V1.ListBalancesResponse response = await gateway.Accounts.ListBalancesAsync(
                    new() { Account = arguments.GetValue(account) ?? "" },
                    deadline: GatewayConnection.Deadline,
                    cancellationToken: cancellation);
                TradingOutput.Write(
                    arguments.GetValue(json),
                    response.Balances,
                    BalanceJson.Of,
                    TradingJson.Plain.BalanceJson,
                    TradingTables.Balances);
                return ExitCode.Done;
            }));
        return command;
    }
}
