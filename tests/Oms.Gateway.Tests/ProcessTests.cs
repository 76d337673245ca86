using System.Diagnostics;
using System.Net.Sockets;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Oms.Gateway.Tests.Kit;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class ProcessTests(SharedDeployment shared)
{
    [Fact]
    public async Task It_says_so_while_fastpath_is_silent_and_when_it_is_back()
    {
        TestDeployment deployment = shared.Deployment;
        var checks = new Grpc.Health.V1.Health.HealthClient(deployment.Connect(TestDeployment.OperatorToken));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, checks.Check(new()).Status);

        deployment.FastPath.IsBeating = false;
        await Eventually.True(
            () => Said(deployment) is { State: ProcessState.Degraded, Detail: "fastpath silent" });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, checks.Check(new()).Status);

        deployment.FastPath.IsBeating = true;
        await Eventually.True(() => Said(deployment) is { State: ProcessState.Ready });
        Assert.Equal($"https://127.0.0.1:{deployment.Port}", Said(deployment)!.Address);
    }

    [Fact]
    public async Task A_silent_fastpath_takes_no_command()
    {
        TestDeployment deployment = shared.Deployment;
        V1.OrderService.OrderServiceClient orders = deployment.Orders();
        deployment.FastPath.IsBeating = false;
        RpcException? failure = null;
        await Eventually.True(
            () =>
            {
                try
                {
                    orders.PlaceOrder(PlaceOrderTests.Limit(""));
                    return false;
                }
                catch (RpcException exception)
                {
                    failure = exception;
                    return true;
                }
            });

        await deployment.HearFastPath();
        Assert.Equal(StatusCode.Unavailable, failure!.StatusCode);
        Assert.Equal("FASTPATH_SILENT", failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task It_ends_at_once_when_asked_with_streams_open()
    {
        await using TestDeployment deployment = await TestDeployment.Started();
        using AsyncServerStreamingCall<V1.StreamExecutionsResponse> call =
            deployment.Orders().StreamExecutions(new());
        await call.ResponseHeadersAsync;
        long started = Stopwatch.GetTimestamp();

        Assert.Equal(0, await deployment.TerminateGateway());
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
            call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task A_second_gateway_of_the_deployment_does_not_start()
    {
        TestDeployment deployment = shared.Deployment;
        Assert.Equal(3, await ExitOf(deployment));
        Assert.Contains("another process", deployment.Errors);
    }

    [Fact]
    public async Task Wrong_arguments_configuration_and_identities_end_it_with_a_message()
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(2, await ExitOf(deployment, "--data", deployment.Data.Path));
        Assert.Contains("usage:", deployment.Errors);

        Assert.Equal(2, await ExitOf(deployment, "--configs", "/nowhere", "--data", deployment.Data.Path));

        File.WriteAllText(
            deployment.Data.IdentitiesFile,
            """{"identities":[{"name":"x","token_sha256":"short","grants":[]}]}""");
        Assert.Equal(2, await ExitOf(deployment));
        Assert.Contains("identities.json: x: token_sha256", deployment.Errors);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_a_message()
    {
        await using var deployment = new TestDeployment();
        using var holder = new TcpListener(System.Net.IPAddress.Loopback, deployment.Port);
        holder.Start();

        Assert.Equal(1, await ExitOf(deployment));
        Assert.Contains($"{deployment.Port}", deployment.Errors);
    }

    [Fact]
    public async Task It_waits_for_fastpath_and_says_so()
    {
        string folder = Directory.CreateTempSubdirectory("oms-gateway-").FullName;
        await using var deployment = new TestDeployment();
        // Another data folder, in whose region nobody made rings: the files of a deployment, without its
        // FastPath.
        var data = new Domain.Configuration.DataFolder(folder);
        TestTls.Write(data.Tls);
        File.Copy(deployment.Data.IdentitiesFile, data.IdentitiesFile);
        var region = SharedRegion.ForDataFolder(data.Path);
        using Process process = deployment.Launch("--configs", deployment.Configs, "--data", folder);
        try
        {
            await Eventually.True(
                () => HealthFile.Read(region, "gateway")
                    is { State: ProcessState.Starting, Detail: "waiting for fastpath" });
            using var fastPath = new ScriptedFastPath(region, data.Log);
            await Eventually.True(
                () => HealthFile.Read(region, "gateway") is { State: ProcessState.Ready });
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            region.Delete();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ProcessHealth? Said(TestDeployment deployment) =>
        HealthFile.Read(deployment.Region, "gateway");

    private static async Task<int> ExitOf(TestDeployment deployment, params string[] arguments)
    {
        using Process process = deployment.Launch(arguments);
        try
        {
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
