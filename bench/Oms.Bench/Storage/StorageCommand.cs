using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Storage;

/// <summary><c>storage</c>: grain state on JetStream.</summary>
internal static class StorageCommand
{
    private const int WritesMax = 10_000_000;

    public static Command Create()
    {
        Option<int> writes = BenchOptions.Number("--writes", "Of each kind.", 50_000, 1_000, WritesMax);
        Option<int> grains = BenchOptions.Number("--grains", "That write at once.", 128, 1, 1_000);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("storage", "Account grains that store each batch on a real nats-server.")
        {
            writes, grains, folder, json,
        };
        command.SetAction((arguments, _) => BenchOptions.InFolder(
            arguments, folder, async path => Show(
                await StorageBench.Run(path, arguments.GetValue(writes), arguments.GetValue(grains)),
                arguments.GetValue(json))));
        return command;
    }

    private static int Show(StorageResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.StorageResult));
            return ExitCode.Done;
        }

        string write = Text($"p50 {result.WriteUsP50:N0}, p99 {result.WriteUsP99:N0}, max {result.WriteUsMax:N0} µs");
        Write(
            "storage: batches of one event at account grains; each is one write of the grain's state.",
            [
                ("a write", write),
                ("at once", Text($"{result.WritesPerS:N0} writes/s of {result.Grains} grains")),
                ("resident", Text($"{result.RssMb:F0} MB, the server {result.ServerRssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile, the server included")),
            ],
            """
            Included: the grain's call, its state as JSON, compare-and-swap and acknowledgement of a server of one node
            with file storage. Not included: replication, a sync of the server's disk after each write, which it does
            not do.
            """);
        return ExitCode.Done;
    }
}
