using System.CommandLine;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms positions</c>: lists positions.</summary>
internal static class PositionsCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        Option<bool> json = TradingArguments.Json();
        var command = new Command("positions", "Lists positions.") { account, json };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                V1.ListPositionsResponse response = await gateway.Positions.ListPositionsAsync(
                    new() { Account = arguments.GetValue(account) ?? "" },
                    deadline: GatewayConnection.Deadline,
                    cancellationToken: cancellation);
                TradingOutput.Write(
                    arguments.GetValue(json),
                    response.Positions,
                    PositionJson.Of,
                    TradingJson.Plain.PositionJson,
                    TradingTables.Positions);
                return ExitCode.Done;
            }));
        return command;
    }
}
