using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Connector;

/// <summary><c>connector</c>: what an order costs on its way to the exchange, and its report on the way back.</summary>
internal static class ConnectorCommand
{
    private const int OrdersMax = 1_000_000;
    private const int RepeatsMax = 100_000_000;

    public static Command Create()
    {
        Option<int> orders = BenchOptions.Number("--orders", "By each way.", 3_000, 100, OrdersMax);
        Option<int> repeats = BenchOptions.Number("--repeats", "Of what has no I/O.", 200_000, 1_000, RepeatsMax);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        const string What = "Binance's wire: orders out, reports in, and round trips to the simulator.";
        var command = new Command("connector", What)
        {
            orders, repeats, folder, json,
        };
        command.SetAction((arguments, _) => BenchOptions.InFolder(
            arguments, folder, async path => Show(
                await ConnectorBench.Run(path, arguments.GetValue(orders), arguments.GetValue(repeats)),
                arguments.GetValue(json))));
        return command;
    }

    private static int Show(ConnectorResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.ConnectorResult));
            return ExitCode.Done;
        }

        string bySocket = Text($"p50 {result.RttUsP50:N0}, p99 {result.RttUsP99:N0} µs of {result.Orders:N0} orders");
        Write(
            "connector: Binance Spot, an HMAC key, one order under way at a time.",
            [
                ("order out", Text($"{result.EncodeNs:N0} ns, {result.AllocatedBytes:N0} bytes allocated")),
                ("fill in", Text($"{result.ParseNs:N0} ns, {result.ParseAllocatedBytes:N0} bytes allocated")),
                ("depth in", Text($"{result.ParseDepthNs:N0} ns for {result.DepthLevels} levels")),
                ("WebSocket", bySocket),
                ("REST", Text($"p50 {result.RestRttUsP50:N0}, p99 {result.RestRttUsP99:N0} µs")),
                ("resident", Text($"{result.RssMb:F0} MB")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core, the simulator included")),
            ],
            """
            Included: parameters, time stamp, signature, JSON, the answer read into messages; in round trips the
            loopback and the simulator's own work: signature, filters, matching, journal. Not included: rings, TLS, any
            distance.
            """);
        return ExitCode.Done;
    }
}
