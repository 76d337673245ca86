using System.CommandLine;
using System.Text.Json;
using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Gateway;

/// <summary><c>gateway</c>: orders through the API and back.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        Option<int> trips = BenchOptions.Number("--trips", "Round trips of each kind.", 20_000, 100, 10_000_000);
        Option<int> orders = BenchOptions.Number(
            "--orders", "In each part with many clients.", 1_000_000, 20_000, 100_000_000);
        Option<string> folder = BenchOptions.Folder();
        Option<bool> json = BenchOptions.Json();
        var command = new Command("gateway", "Orders over TLS and gRPC to FastPath's answer, every process up.")
        {
            trips, orders, folder, json,
        };
        command.SetAction(async (arguments, interrupted) => Write(
            await GatewayBench.Run(
                BenchOptions.FolderOf(arguments, folder), arguments.GetValue(trips), arguments.GetValue(orders),
                interrupted),
            arguments.GetValue(json)));
        return command;
    }

    private static int Write(GatewayResult result, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, BenchJson.Default.GatewayResult));
            return ExitCode.Done;
        }

        ResultTable.Write(
            "gateway: orders that find nobody and end at once, from a client over TLS to FastPath's answer",
            [
                ("unary", Text($"p50 {result.UnaryUsP50}, p99 {result.UnaryUsP99} µs")),
                ("unary echo", Text($"p50 {result.EchoUnaryUsP50}, p99 {result.EchoUnaryUsP99} µs")),
                ("stream", Text($"p50 {result.StreamUsP50}, p99 {result.StreamUsP99} µs")),
                ("stream echo", Text($"p50 {result.EchoStreamUsP50}, p99 {result.EchoStreamUsP99} µs")),
                ("stream over echo", Text($"{result.StreamOverEcho}")),
                ("1 client", Text($"{result.OrdersPerS1:N0} orders/s")),
                ("10 clients", Text($"{result.OrdersPerS10:N0} orders/s")),
                ("100 clients", Text($"{result.OrdersPerS100:N0} orders/s")),
                ("refused", Text($"{result.Refused:N0}")),
                ("resident", Text($"{result.RssMb:F0} MB of the gateway")),
                ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile, the deployment included")),
            ],
            """
            Included: everything from the client's call to its answer; the client shares the cores.
            Not included: an exchange.
            """);
        return ExitCode.Done;
    }
}
