using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.FastPath;

/// <summary><c>fastpath</c>: orders through the real process and back.</summary>
internal static class FastPathCommand
{
    private const int OrdersMax = 100_000_000;
    private const int RateMax = 10_000_000;
    private const int LiveMax = 5_000_000;
    private const int SecondsMax = 24 * 3_600;

    public static Command Create()
    {
        Option<int> orders = BenchOptions.Number(
            "--orders", "In each of the three parts.", 300_000, 1_000, OrdersMax);
        Option<int> rate = BenchOptions.Number(
            "--rate", "Orders per second that are due in the open loop.", 100_000, 1, RateMax);
        Option<int> seconds = BenchOptions.Number(
            "--open-seconds", "How long the open loop lasts; 0 for as many orders as before.", 0, 0, SecondsMax);
        Option<int> live = BenchOptions.Number("--live", "Orders that rest meanwhile.", 0, 0, LiveMax);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("fastpath", "The whole path: client, ring, log, risk, match, ring, client.")
        {
            orders, rate, seconds, live, folder, json,
        };
        command.SetAction(arguments => Run(
            FastPathBench.Run(
                BenchOptions.FolderOf(arguments, folder),
                arguments.GetValue(orders),
                arguments.GetValue(rate),
                arguments.GetValue(seconds),
                arguments.GetValue(live)),
            arguments.GetValue(json)));
        return command;
    }

    private static int Run(FastPathResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.FastPathResult));
            return ExitCode.Done;
        }

        string closed = Quantiles(
            result.RttNsP50, result.RttNsP90, result.RttNsP99, result.RttNsP999, result.RttNsMax, "ns");
        string open = Quantiles(
            result.OpenNsP50, result.OpenNsP90, result.OpenNsP99, result.OpenNsP999, result.OpenNsMax, "ns");
        Write(
            Text($"""
            fastpath: {result.Orders:N0} orders of {result.Accounts} accounts from one process to another and back;
            every other order rests, and the next one trades with it.
            """),
            [
                ("one outstanding", closed),
                ("many outstanding", Text($"{result.OpsPerS:N0} orders/s")),
                ("open loop", Text($"{result.OpenOrders:N0} at {result.OpenRatePerS:N0} orders/s: {open}")),
                ("cores", Text($"{result.Mode}: one line of memory there and back takes {result.ModeRttNs} ns")),
                ("resident", Text($"{result.RssMb:F0} MB of FastPath, with {result.Live:N0} orders that rest")),
                ("allocated", Text(
                    $"{result.AllocatedBytesPerOp:F3} bytes per order, {result.GarbageCollections} collections")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile, FastPath itself included")),
            ],
            """
            Included: the order's message, both rings, the log's head in shared memory, every check and limit, matching,
            booking, all reports, live tables; the copy of the log to the disk shares the client's core.
            Not included: gateway, exchange.
            """);
        return ExitCode.Done;
    }
}
