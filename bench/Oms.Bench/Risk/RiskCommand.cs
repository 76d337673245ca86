using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Risk;

/// <summary><c>risk</c>: the ladder of refusals alone.</summary>
internal static class RiskCommand
{
    private const int ChecksMax = 50_000_000;

    public static Command Create()
    {
        Option<int> checks = BenchOptions.Number("--checks", "Orders that climb.", 2_000_000, 1_000, ChecksMax);
        Option<bool> json = BenchOptions.Json();
        var command = new Command("risk", "The ladder of refusals, over 200 accounts.") { checks, json };
        command.SetAction(arguments => Run(RiskBench.Run(arguments.GetValue(checks)), arguments.GetValue(json)));
        return command;
    }

    private static int Run(RiskResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.RiskResult));
            return ExitCode.Done;
        }

        string one = Quantiles(result.NsP50, result.NsP90, result.NsP99, result.NsP999, result.NsMax, "ns");
        Write(
            Text($"""
            risk: {result.Checks:N0} orders of {result.Accounts} accounts that have traded climb the whole ladder;
            none is refused.
            """),
            [
                ("one check", one),
                ("", "each timed alone, less what reading the clock takes"),
                ("in a row", Text($"{result.OpsPerS:N0} checks/s, {1e9 / result.OpsPerS:F1} ns each")),
                ("allocated", Text($"{result.AllocatedBytesPerOp} bytes per check")),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile")),
            ],
            """
            Included: finding the account; gate, halts, filters, collar, sizes, position and value limits of account and
            firm, open orders, order rate, losses, balance. Not included: the order's message, reservation, reports.
            """);
        return ExitCode.Done;
    }
}
