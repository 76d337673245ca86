using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Grains;

/// <summary><c>grains</c>: calls of the silo's grains.</summary>
internal static class GrainsCommand
{
    private const int CallsMax = 100_000_000;

    public static Command Create()
    {
        Option<int> calls = BenchOptions.Number("--calls", "Of all callers.", 2_000_000, 10_000, CallsMax);
        Option<int> callers = BenchOptions.Number("--callers", "At a time.", 256, 1, 4_096);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("grains", "Calls of account grains, from within the silo.")
        {
            calls, callers, folder, json,
        };
        command.SetAction((arguments, _) => BenchOptions.InFolder(
            arguments, folder, async path => Show(
                await GrainsBench.Run(path, arguments.GetValue(calls), arguments.GetValue(callers)),
                arguments.GetValue(json))));
        return command;
    }

    private static int Show(GrainsResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.GrainsResult));
            return ExitCode.Done;
        }

        Write(
            Text($"grains: calls of {result.Grains} account grains in the silo's own host, from within it."),
            [
                ("at once", Text($"{result.CallsPerS:N0} calls/s, answered, of {result.Callers} callers")),
                ("in turn", Text($"p50 {result.CallUsP50:F1}, p99 {result.CallUsP99:F1} µs")),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile")),
            ],
            """
            Included: Orleans' scheduling, copies and dispatch, on a cluster of one silo.
            Not included: the network between processes, storage.
            """);
        return ExitCode.Done;
    }
}
