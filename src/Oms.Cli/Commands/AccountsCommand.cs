using System.CommandLine;
using Oms.Cli.Firm;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms accounts</c>: what accounts there are, and how they are.</summary>
internal static class AccountsCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        Option<bool> json = TradingArguments.Json();
        var command = new Command("accounts", "Lists accounts with their health and why it is so.") { account, json };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                V1.DescribeAccountsResponse response = await gateway.Firm.DescribeAccountsAsync(
                    new() { Account = arguments.GetValue(account) ?? "" },
                    deadline: GatewayConnection.Deadline,
                    cancellationToken: cancellation);
                TradingOutput.Write(
                    arguments.GetValue(json),
                    response.Accounts,
                    AccountJson.Of,
                    FirmJson.Plain.AccountJson,
                    FirmTables.Accounts);
                return ExitCode.Done;
            }));
        return command;
    }
}
