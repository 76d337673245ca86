using System.Diagnostics;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.SharedMemory.Health;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>How the process starts, waits and ends.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Unreachable_exchange_is_waited_for_and_said()
    {
        await using ConnectorDeployment deployment = ConnectorDeployment.Prepare();
        await deployment.StartConnector();
        await Eventually.True(
            () => HealthFile.Read(
                deployment.FastPath.Region, "connectors") is { State: ProcessState.Degraded } health
                && health.Detail.StartsWith("binance not reachable", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20));
        Assert.Empty(deployment.FastPath.Reports);
        await deployment.StartSimulator();
        await deployment.UntilAllUp();
        await Eventually.True(
            () => HealthFile.Read(
                deployment.FastPath.Region, "connectors") is { State: ProcessState.Ready, IsFresh: true },
            TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Lost_private_streams_are_said_at_once_and_come_back()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        AccountId account = deployment.Account("main");
        int before = deployment.FastPath.Reports.Count;
        await deployment.Fault("drop_user_streams", 10);
        await deployment.FastPath.Until(() => deployment.FastPath.Reports.Skip(before).Any(
            report => MessageBytes.Header(report) is { Kind: MessageKind.StreamChanged } header
                && header.AccountId == account
                && MessageBytes.As<StreamChanged>(report).State == StreamState.Down));
        await deployment.UntilAllUp();
    }

    [Fact]
    public async Task Region_made_anew_ends_the_process_with_a_reason()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        deployment.RemakeRegion();
        await Eventually.True(() => deployment.Connector.HasExited, TimeSpan.FromSeconds(20));
        Assert.Contains("this process ends and is to be started again", deployment.Connector.ErrorText);
    }

    [Fact]
    public async Task Second_process_of_the_role_ends_with_3()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        (int code, string errors) = await Run(deployment);
        Assert.Equal(
            (3, true), (code, errors.StartsWith("another process is the", StringComparison.Ordinal)));
        Assert.False(deployment.Connector.HasExited);
    }

    [Fact]
    public async Task What_cannot_be_configured_ends_with_2_and_is_named()
    {
        await using ConnectorDeployment deployment = ConnectorDeployment.Prepare();
        string keys = new DataFolder(deployment.Data).ExchangeKeysFile;

        File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (int code, string errors) = await Run(deployment);
        Assert.Equal((2, true), (code, errors.Contains($"chmod 600 {keys}", StringComparison.Ordinal)));

        File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        deployment.RemoveKeys("sub_spot_arb", "sub_market_making", "sub_futures_trend");
        (code, errors) = await Run(deployment);
        Assert.Equal(2, code);
        Assert.Contains($"binance/sub_spot_arb spot: {keys} has no key of it; add one with: ", errors);
        Assert.Contains($"binance/sub_market_making spot: {keys} has no key of it; add one with: ", errors);
        Assert.Contains($"binance/sub_futures_trend futures: {keys} has no key of it; add one with: ", errors);
        Assert.DoesNotContain("binance/main", errors);

        (code, errors) = await Run(deployment, "--surprise");
        Assert.Equal((2, true), (code, errors.StartsWith("usage: Oms.Connectors", StringComparison.Ordinal)));

        File.Delete(Path.Combine(deployment.Configs, "exchanges.yaml"));
        (code, errors) = await Run(deployment);
        Assert.Equal((2, true), (code, errors.Contains("exchanges.yaml", StringComparison.Ordinal)));
    }

    private static async Task<(int Code, string Errors)> Run(
        ConnectorDeployment deployment, params string[] more)
    {
        var start = new ProcessStartInfo(Checkout.Executable("Oms.Connectors"))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] arguments =
            ["--configs", deployment.Configs, "--data", deployment.Data, "--connector", "0", .. more];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("not started");
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            string errors = await process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, errors);
        }
        finally
        {
            process.Kill();
        }
    }
}
