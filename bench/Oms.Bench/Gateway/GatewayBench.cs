using System.Diagnostics;
using Grpc.Net.Client;
using Oms.Bench.Measuring;

namespace Oms.Bench.Gateway;

/// <summary>
/// Orders through the API: client, TLS, gRPC, gateway, ring, FastPath, ring, gateway, TLS, client, with every process
/// of a deployment up; and the same way without FastPath.
/// </summary>
internal static class GatewayBench
{
    private const int WarmUpTrips = 2_000;
    private const int WarmUpOrders = 100_000;
    private const int Batch = 200;
    private const int Window = 4_000;
    private const int WindowAll = 40_000;

    /// <exception cref="OperationCanceledException">It was interrupted; the deployment is stopped.</exception>
    public static async Task<GatewayResult> Run(
        string folder, int trips, int orders, CancellationToken interrupted)
    {
        using GatewayDeployment deployment = GatewayDeployment.Start(folder);
        return await Measure(deployment, trips, orders).WaitAsync(interrupted);
    }

    private static async Task<GatewayResult> Measure(GatewayDeployment deployment, int trips, int orders)
    {
        OtherCpuUse others = new();
        using GrpcChannel channel = deployment.Connect();
        var unary = new V1.OrderService.OrderServiceClient(channel);
        _ = await Unary(unary, WarmUpTrips, isEcho: false);
        _ = await Unary(unary, WarmUpTrips, isEcho: true);
        Latencies order = await Unary(unary, trips, isEcho: false);
        Latencies echo = await Unary(unary, trips, isEcho: true);

        await using var single = new StreamClient(deployment.Connect(), "s");
        _ = await single.RoundTrips(WarmUpTrips, isEcho: false);
        _ = await single.RoundTrips(WarmUpTrips, isEcho: true);
        var stream = Latencies.Of(await single.RoundTrips(trips, isEcho: false));
        var streamEcho = Latencies.Of(await single.RoundTrips(trips, isEcho: true));
        await single.Stream(WarmUpOrders, Batch, Window);
        (double perSecond1, long refused1) = await Throughput(deployment, 1, orders);
        (double perSecond10, long refused10) = await Throughput(deployment, 10, orders);
        (double perSecond100, long refused100) = await Throughput(deployment, 100, orders);
        return new()
        {
            UnaryUsP50 = Us(order.P50),
            UnaryUsP99 = Us(order.P99),
            StreamUsP50 = Us(stream.P50),
            StreamUsP99 = Us(stream.P99),
            EchoUnaryUsP50 = Us(echo.P50),
            EchoUnaryUsP99 = Us(echo.P99),
            EchoStreamUsP50 = Us(streamEcho.P50),
            EchoStreamUsP99 = Us(streamEcho.P99),
            StreamOverEcho = Math.Round((double)stream.P50 / streamEcho.P50, 2),
            OrdersPerS1 = perSecond1,
            OrdersPerS10 = perSecond10,
            OrdersPerS100 = perSecond100,
            Refused = refused1 + refused10 + refused100 + single.Refused,
            RssMb = Memory.ResidentMegabytes(deployment.GatewayPid),
            OthersCpuPercent = others.Percent(),
        };
    }

    private static double Us(long nanos) => Math.Round(nanos / 1000.0, 1);

    private static async Task<Latencies> Unary(V1.OrderService.OrderServiceClient client, int count, bool isEcho)
    {
        long[] ticks = new long[count];
        string name = $"u{Stopwatch.GetTimestamp():x}";
        var ping = new V1.ExecuteBatchRequest { Commands = { new V1.Command { Ping = new() } } };
        for (int index = 0; index < count; index++)
        {
            V1.PlaceOrderRequest order = StreamClient.Order(name, index);
            long before = Stopwatch.GetTimestamp();
            if (isEcho)
            {
                _ = await client.ExecuteBatchAsync(ping);
            }
            else
            {
                _ = await client.PlaceOrderAsync(order);
            }

            ticks[index] = Stopwatch.GetTimestamp() - before;
        }

        return Latencies.Of(ticks);
    }

    private static async Task<(double PerSecond, long Refused)> Throughput(
        GatewayDeployment deployment, int clients, int orders)
    {
        StreamClient[] all =
        [
            .. Enumerable.Range(0, clients)
                .Select(index => new StreamClient(deployment.Connect(), $"c{clients}-{index}")),
        ];
        int window = Math.Min(Window, Math.Max(Batch * 2, WindowAll / clients));
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(all.Select(client => client.Stream(orders / clients / Batch * Batch, Batch, window)));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        long refused = all.Sum(client => client.Refused);
        foreach (StreamClient client in all)
        {
            await client.DisposeAsync();
        }

        return (Math.Round(orders / clients / Batch * Batch * clients / seconds), refused);
    }
}
