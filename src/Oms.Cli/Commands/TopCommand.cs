using System.CommandLine;
using Oms.Cli.Inspection;
using Oms.Cli.Trading;
using Oms.SharedMemory.Regions;
using Spectre.Console;

namespace Oms.Cli.Commands;

/// <summary>
/// <c>oms top</c>: what FastPath does, second by second, read from shared memory: it is not asked and does not
/// notice.
/// </summary>
internal static class TopCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(DeploymentOptions deployment)
    {
        Option<bool> json = TradingArguments.Json();
        var count = new Option<int?>("--count")
        {
            Description = "Seconds to look at; until Ctrl-C when left out.", HelpName = "N",
        };
        var command = new Command("top", "Shows rates, latencies, rings and refusals of FastPath.") { json, count };
        command.SetAction(async (arguments, cancellation) =>
        {
            SharedRegion region =
                SharedRegion.Find(deployment.DataOf(arguments).Path) ?? throw TopReading.NothingToRead;
            Action<TopReport> show = arguments.GetValue(json)
                ? report => TradingOutput.Write(report, InspectionJson.Default.TopReport)
                : Show;
            await LookAsync(region, arguments.GetValue(count) ?? int.MaxValue, show, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task LookAsync(
        SharedRegion region, int count, Action<TopReport> show, CancellationToken cancellation)
    {
        var before = TopReading.Take(region);
        using var pace = new PeriodicTimer(Interval);
        try
        {
            for (int seen = 0; seen < count && await pace.WaitForNextTickAsync(cancellation); seen++)
            {
                var now = TopReading.Take(region);
                show(now.Since(before));
                before = now;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }
    }

    private static void Show(TopReport report)
    {
        if (!Console.IsOutputRedirected)
        {
            AnsiConsole.Clear();
        }

        TradingOutput.WidenFiles();
        AnsiConsole.Write(TopTables.Of(report));
    }
}
