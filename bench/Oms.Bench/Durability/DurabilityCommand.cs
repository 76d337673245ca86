using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Durability;

/// <summary><c>durability</c>: the log, the disk, and the replay.</summary>
internal static class DurabilityCommand
{
    private const int EventsMax = 50_000_000;
    private const int RateMax = 10_000_000;

    public static Command Create()
    {
        Option<int> events = BenchOptions.Number("--events", "Of 128 bytes, each way.", 5_000_000, 10_000, EventsMax);
        Option<int> rate = BenchOptions.Number(
            "--rate", "Events per second that are due, for the commit's time.", 100_000, 100, RateMax);
        Option<int> inputs = BenchOptions.Number(
            "--inputs", "Commands that are replayed.", 1_000_000, 1_000, EventsMax);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("durability", "The log in memory, on the disk, and its replay.")
        {
            events, rate, inputs, folder, json,
        };
        command.SetAction(arguments =>
        {
            string path = BenchOptions.FolderOf(arguments, folder);
            _ = Directory.CreateDirectory(path);
            try
            {
                return Show(
                    DurabilityBench.Run(
                        path, arguments.GetValue(events), arguments.GetValue(rate), arguments.GetValue(inputs)),
                    arguments.GetValue(json));
            }
            finally
            {
                Directory.Delete(path, recursive: true);
            }
        });
        return command;
    }

    private static int Show(DurabilityResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.DurabilityResult));
            return ExitCode.Done;
        }

        string commits = Quantiles(
            result.DiskCommitUsP50, result.DiskCommitUsP90, result.DiskCommitUsP99, result.DiskCommitUsP999,
            result.DiskCommitUsMax, "µs");
        string replay = Text($"{result.ReplayRecordsPerS:N0} records/s, {result.ReplayInputsPerS:N0} commands/s");
        Write(
            Text($"""
            durability: {result.Events:N0} events of {result.EventBytes} bytes; the replay of {result.ReplayedInputs:N0} commands.
            """),
            [
                ("in memory", Text($"{result.MemoryOpsPerS:N0} events/s, the copy to the disk behind them")),
                ("on the disk", Text($"{result.DiskOpsPerS:N0} events/s")),
                ("a commit", Text($"at {result.CommitRatePerS:N0} events/s: {commits}")),
                ("replay", $"{replay}, every event compared"),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile")),
            ],
            """
            Included: records with chained hashes, FastPath's own copier thread on the other cores, writes and syncs of
            this disk. Not included: what a host does behind a flush; in the replay, a disk that is not in the page cache.
            """);
        return ExitCode.Done;
    }
}
