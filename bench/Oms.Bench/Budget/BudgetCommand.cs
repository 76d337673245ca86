using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Budget;

/// <summary><c>budget</c>: what an exchange's limits let through, over few and many accounts.</summary>
internal static class BudgetCommand
{
    private const int WindowsMax = 360;

    public static Command Create()
    {
        Option<int> windows = BenchOptions.Number(
            "--windows", $"Of {BudgetBench.WindowSeconds} s, for each case.", 2, 1, WindowsMax);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("budget", "The request budget: orders let through, over 1, 10 and 50 accounts.")
        {
            windows, folder, json,
        };
        command.SetAction((arguments, _) => BenchOptions.InFolder(
            arguments, folder, async path => Show(
                await BudgetBench.Run(path, arguments.GetValue(windows) * BudgetBench.WindowSeconds),
                arguments.GetValue(json))));
        return command;
    }

    private static int Show(BudgetResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.BudgetResult));
            return ExitCode.Done;
        }

        Write(
            $"budget: orders of Binance Spot that end at once, one under way per account, {result.Seconds} s each.",
            [
                .. result.Cases.Select(each => (NameOf(each), TextOf(each))),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core, the simulator included")),
            ],
            """
            Included: the budget's own wait, signature, WebSocket API, the simulator's limits and work. Not included:
            rings, TLS, any distance.
            """);
        return ExitCode.Done;
    }

    private static string TextOf(BudgetCase each) =>
        Text($"{each.AcceptedPerMinute:N0} accepted a minute, the least account {each.AcceptedPerMinuteLeast:N0}; ")
        + Text($"on the wire p50 {each.WireUsP50:N0}, p99 {each.WireUsP99:N0} µs; ")
        + Text($"with the wait p50 {each.LatencyUsP50:N0}, p99 {each.LatencyUsP99:N0} µs; ")
        + Text($"{each.RateLimited} refused by the exchange's limits");

    private static string NameOf(BudgetCase each) => each.SourceAddresses == 0
        ? $"{each.Accounts} accounts"
        : $"{each.Accounts} of {each.SourceAddresses} addresses";
}
