using System.Diagnostics;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>
/// What others notice of ten thousand requests that are malformed, oversized, half-open, slow or abandoned.
/// </summary>
public sealed class HostileClientsTests(SharedDeployment shared, ITestOutputHelper output)
    : IClassFixture<SharedDeployment>
{
    private const int Requests = 10_000;
    private const int RequestsUntilWarm = 2_000;
    private const int Seed = 20_261;

    /// <summary>What the memory of a process may move without meaning anything.</summary>
    private const long GrowthMegabytesMax = 96;

    [Fact]
    public async Task Nothing_crashes_nothing_is_kept_and_others_are_served_as_before()
    {
        TestDeployment deployment = shared.Deployment;
        int pid = deployment.GatewayPid;
        using var clients = new HostileClients(deployment, Seed);
        Func<Task>[] kinds =
        [
            clients.Malformed, clients.Oversized, clients.HalfOpen, clients.SlowLoris, clients.Abandoned,
        ];
        V1.OrderService.OrderServiceClient witness = deployment.Orders();
        var latencies = new List<double>();
        long warmMegabytes = 0;
        for (int request = 0; request < Requests; request++)
        {
            await kinds[request % kinds.Length]();
            if (request % 50 == 0)
            {
                latencies.Add(await Ask(witness, request));
            }

            if (request == RequestsUntilWarm)
            {
                warmMegabytes = ResidentMegabytes(pid);
            }
        }

        long grown = ResidentMegabytes(pid) - warmMegabytes;
        latencies.Sort();
        output.WriteLine(
            $"{Requests} requests; a witness waited p50 {latencies[latencies.Count / 2]:F1}, "
            + $"max {latencies[^1]:F1} ms; resident {warmMegabytes} MB and {grown:+0;-0;0}");
        Assert.Equal(pid, deployment.GatewayPid);
        Assert.InRange(grown, long.MinValue, GrowthMegabytesMax);
    }

    private static async Task<double> Ask(V1.OrderService.OrderServiceClient witness, int request)
    {
        long began = Stopwatch.GetTimestamp();
        V1.PlaceOrderResponse answer = await witness.PlaceOrderAsync(
            PlaceOrderTests.Limit($"witness-{request}"), deadline: DateTime.UtcNow.AddSeconds(30));
        Assert.Equal(V1.OrderStatus.PendingNew, answer.Order.Status);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static long ResidentMegabytes(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64 >> 20;
    }
}
