using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Publish;

/// <summary><c>publish</c>: the silo's publisher, from a log to JetStream.</summary>
internal static class PublishCommand
{
    private const int EventsMax = 100_000_000;

    public static Command Create()
    {
        Option<int> streams = BenchOptions.Number("--streams", "One per account.", 200, 1, PublishBench.StreamsMax);
        Option<int> events = BenchOptions.Number("--events", "In the prepared log.", 1_000_000, 1_000, EventsMax);
        Option<int> rate = BenchOptions.Number(
            "--rate", "Events per second that then come in, for the lag.", 10_000, 100, 1_000_000);
        Option<int> seconds = BenchOptions.Number("--seconds", "For so long.", 10, 1, 3_600);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("publish", "The silo's publisher: from the log to streams of a real nats-server.")
        {
            streams, events, rate, seconds, folder, json,
        };
        command.SetAction((arguments, _) => BenchOptions.InFolder(
            arguments, folder, async path => Show(
                await PublishBench.Run(
                    path, arguments.GetValue(streams), arguments.GetValue(events), arguments.GetValue(rate),
                    arguments.GetValue(seconds)),
                arguments.GetValue(json))));
        return command;
    }

    private static int Show(PublishResult result, bool asJson)
    {
        int exitCode = result.IsComplete ? ExitCode.Done : ExitCode.Wrong;
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.PublishResult));
            return exitCode;
        }

        string lag = Text($"p50 {result.LagMsP50}, p99 {result.LagMsP99}, max {result.LagMsMax} ms");
        string cpu = Text($"{result.CpuUsPerEvent} µs of a core each, the server {result.ServerCpuUsPerEvent} µs");
        Write(
            Text(
                $"publish: {result.Events:N0} events of a log, a message each, over {result.Streams} streams."),
            [
                ("published", Text($"{result.EventsPerS:N0} events/s, acknowledged")),
                ("computed", cpu),
                ("lag", Text($"at {result.LagRatePerS:N0} events/s: {lag}")),
                ("stored", Text($"{result.Stored:N0} messages{(result.IsComplete ? "" : ": NOT each event once")}")),
                ("resident", Text($"{result.RssMb:F0} MB, the server {result.ServerRssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile, the server included")),
            ],
            """
            Included: reading and proving the log, JSON, the server's file store and its acknowledgement, the feed's
            checkpoint on the disk. Not included: the other sinks of the feed, which are grains and files.
            """);
        return exitCode;
    }
}
