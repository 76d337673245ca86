using System.CommandLine;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms reconcile</c>: compares an account with its exchange now.</summary>
internal static class ReconcileCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> account = TradingArguments.Account();
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "reconcile", "Compares an account with its exchange now. Exit code 1 when they do not agree in time.")
        {
            account, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, (gateway, cancellation) => RunAsync(
                gateway, arguments.GetRequiredValue(account), arguments.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        GatewayConnection gateway, string account, bool asJson, CancellationToken cancellation)
    {
        V1.ReconcileAccountResponse response = await gateway.Admin.ReconcileAccountAsync(
            new() { Account = account }, deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
        if (asJson)
        {
            TradingOutput.Write(
                new(account, response.IsComplete, response.ReconciledTime?.ToDateTime()),
                TradingJson.Default.ReconcileJson);
        }
        else if (response.IsComplete)
        {
            Console.Out.WriteLine($"{account} agrees with its exchange");
        }

        return response.IsComplete
            ? ExitCode.Done
            : throw new RefusedException($"{account} does not agree with its exchange yet: see `oms accounts`");
    }
}
