using System.CommandLine;
using Grpc.Core;
using Oms.Cli.Trading;
using Spectre.Console;

namespace Oms.Cli.Commands;

/// <summary><c>oms watch</c>: shows executions as they happen, until Ctrl-C.</summary>
internal static class WatchCommand
{
    private const int TableRows = 20;

    public static Command Create(DeploymentOptions deployment)
    {
        Option<string?> account = TradingArguments.AccountOption();
        Option<bool> json = TradingArguments.Json();
        var command = new Command("watch", "Shows executions as they happen, until Ctrl-C.")
        {
            account, json,
        };
        command.SetAction((arguments, _) => GatewayCall.RunAsync(
            deployment, arguments, async (gateway, cancellation) =>
            {
                try
                {
                    ExecutionFollower follower = await ExecutionFollower.StartAsync(
                        gateway, arguments.GetValue(account), cancellation);
                    if (!follower.IsFollowing)
                    {
                        await Console.Error.WriteLineAsync(
                            $"account: {arguments.GetValue(account) ?? "any"} is not known");
                        return ExitCode.WrongUsage;
                    }

                    await (arguments.GetValue(json)
                        ? PrintAsync(follower, cancellation)
                        : ShowAsync(follower, cancellation));
                }
                catch (Exception exception) when (exception is OperationCanceledException or RpcException
                    && cancellation.IsCancellationRequested)
                {
                    // Ctrl-C is how a watch ends.
                }

                return ExitCode.Done;
            }));
        return command;
    }

    private static async Task PrintAsync(ExecutionFollower follower, CancellationToken cancellation)
    {
        await foreach (V1.Execution execution in follower.FollowAsync(cancellation))
        {
            TradingOutput.Write(ExecutionJson.Of(execution), TradingJson.Plain.ExecutionJson);
        }
    }

    private static Task ShowAsync(ExecutionFollower follower, CancellationToken cancellation)
    {
        TradingOutput.WidenFiles();
        return AnsiConsole.Live(TradingTables.Executions([])).StartAsync(async live =>
        {
            var newest = new LinkedList<V1.Execution>();
            live.Refresh();
            await foreach (V1.Execution execution in follower.FollowAsync(cancellation))
            {
                _ = newest.AddFirst(execution);
                if (newest.Count > TableRows)
                {
                    newest.RemoveLast();
                }

                live.UpdateTarget(TradingTables.Executions(newest));
            }
        });
    }
}
