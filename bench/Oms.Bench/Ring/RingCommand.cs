using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Ring;

/// <summary><c>ring</c>: messages between two processes.</summary>
internal static class RingCommand
{
    private const int CountMax = 100_000_000;

    public static Command Create()
    {
        Option<int> turns = BenchOptions.Number("--turns", "Messages there and back.", 1_000_000, 1_000, CountMax);
        Option<int> messages = BenchOptions.Number("--messages", "Messages one way.", 20_000_000, 1_000, CountMax);
        Option<bool> json = BenchOptions.Json();
        var command = new Command("ring", "Shared memory: messages between two pinned processes.")
        {
            turns, messages, json,
        };
        command.SetAction(arguments => Run(
            arguments.GetValue(turns), arguments.GetValue(messages), arguments.GetValue(json)));
        return command;
    }

    private static int Run(int turns, int messages, bool asJson)
    {
        RingResult result = RingBench.Run(turns, messages);
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.RingResult));
            return ExitCode.Done;
        }

        string thereAndBack = Quantiles(
            result.RttNsP50, result.RttNsP90, result.RttNsP99, result.RttNsP999, result.RttNsMax, "ns");
        Write(
            Text($"""
            ring: messages of 128 bytes, {result.Turns:N0} there and back, {result.Messages:N0} one way, two processes.
            """),
            [
                ("there and back", $"{thereAndBack}; one outstanding"),
                ("one way", Text($"{result.OpsPerS:N0} messages/s")),
                ("cores", Text($"{result.Mode}: one line of memory there and back takes {result.ModeRttNs} ns")),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile, the peer's own included")),
            ],
            "Included: checking of each message, and giving its room back. Not included: what anybody does with it.");
        return ExitCode.Done;
    }
}
