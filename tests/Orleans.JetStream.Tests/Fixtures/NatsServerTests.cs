using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Testing;

namespace Orleans.JetStream.Tests;

/// <summary>What every test with a nats-server relies on.</summary>
public sealed class NatsServerTests
{
    [Fact]
    public async Task A_killed_server_starts_again_on_its_port_with_its_store()
    {
        await using var server = await NatsServer.StartAsync();
        var url = server.Url;
        await using (var connection = new NatsConnection(server.ToOptions()))
        {
            var context = new NatsJSContext(connection);
            _ = await context.CreateStreamAsync(new StreamConfig("kept", ["kept"]));
            _ = await context.PublishAsync("kept", "one");
        }

        await server.KillAsync();
        Assert.False(server.IsRunning);
        await server.StartAgainAsync();
        Assert.Equal(url, server.Url);
        await using var again = new NatsConnection(server.ToOptions());
        var stream = await new NatsJSContext(again).GetStreamAsync("kept");
        Assert.Equal(1, stream.Info.State.Messages);
    }

    [Fact]
    public async Task A_disposed_server_leaves_no_process()
    {
        var server = await NatsServer.StartAsync();
        var processId = server.ProcessId;
        Assert.False(Process.GetProcessById(processId).HasExited);
        await server.DisposeAsync();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(processId));
    }

    [Fact]
    public async Task A_server_lets_nobody_in_without_the_password()
    {
        await using var server = await NatsServer.StartAsync();
        await using var stranger = new NatsConnection(new NatsOpts { Url = server.Url });
        await Assert.ThrowsAnyAsync<NatsException>(async () => await stranger.ConnectAsync());
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => NatsServer.StartAsync(new NatsServerSettings { ExtraConfiguration = "nonsense: [" }));
        Assert.Contains("ended while starting", failure.Message);
        Assert.Contains("Parse error", failure.Message);
    }
}
