using System.Diagnostics;
using System.Text.Json;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>What the command line tells when things do not go their usual way.</summary>
[Collection<OneGateway>]
public sealed class CommandOutcomesTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task Wait_stays_for_the_stages_that_come_behind_the_fill()
    {
        Task<OmsCommand> waiting = Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01",
            "--client-order-id", "overtaken",
            "--wait", "--timeout", "60", "--json");
        ExecutionReport accepted = await Seen("overtaken");
        ExecutionReport filled = StreamExecutionsTests.Filled(in accepted) with
        {
            CorrelationId = 0,
            ExchangeOrderId = 55,
        };
        _deployment.FastPath.Emit(filled);
        _deployment.FastPath.Emit(filled with
        {
            ExecutionType = ExecutionType.OrderStatus,
            Stages = new() { ExchangeNanos = 5_000 },
            ReplyReceived = Stopwatch.GetTimestamp(),
        });
        OmsCommand waited = await waiting;

        Assert.Equal((0, ""), (waited.ExitCode, waited.Errors));
        JsonElement order = Assert.Single(waited.Json);
        Assert.Equal("filled", order.GetProperty("status").GetString());
        Assert.Equal(5, order.GetProperty("stages_us").GetProperty("exchange").GetInt64());
    }

    [Fact]
    public async Task Wait_ends_with_the_filled_order_when_its_stages_never_come()
    {
        Task<OmsCommand> waiting = Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01",
            "--client-order-id", "unmeasured",
            "--wait", "--timeout", "60", "--json");
        ExecutionReport accepted = await Seen("unmeasured");
        _deployment.FastPath.Emit(StreamExecutionsTests.Filled(in accepted) with
        {
            CorrelationId = 0,
            ExchangeOrderId = 55,
        });
        OmsCommand waited = await waiting;

        Assert.Equal((0, ""), (waited.ExitCode, waited.Errors));
        JsonElement order = Assert.Single(waited.Json);
        Assert.Equal("filled", order.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, order.GetProperty("stages_us").ValueKind);
    }

    [Fact]
    public async Task A_wait_that_is_interrupted_tells_the_last_known_order_and_fails()
    {
        using Process waiting = OmsCommand.Start(
            _deployment,
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--limit", "1",
            "--client-order-id", "left", "--wait", "--timeout", "60");
        Assert.Contains("pending_new", await waiting.StandardOutput.ReadLineAsync());
        await Interrupt(waiting);

        Assert.Equal(1, waiting.ExitCode);
        Assert.Contains("(left)", await waiting.StandardOutput.ReadToEndAsync());
        Assert.Equal(
            "interrupted: left goes on and is pending_new",
            (await waiting.StandardError.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task A_watch_ends_well_when_it_is_interrupted()
    {
        using Process watch = OmsCommand.Start(_deployment, "watch", "--json");
        Task<string?> line = watch.StandardOutput.ReadLineAsync();
        int order = 0;
        while (!line.IsCompleted)
        {
            _deployment.FastPath.Emit(TestMarket.Report(
                TestMarket.Spot, _deployment.FastPath.NextOrderId(), $"seen-{order++}"));
            await Task.WhenAny(line, Task.Delay(20));
        }

        if (await line is null)
        {
            Assert.Fail(await watch.StandardError.ReadToEndAsync());
        }

        // A pipe that nobody reads would hold it.
        Task<string> rest = watch.StandardOutput.ReadToEndAsync();
        await Interrupt(watch);
        _ = await rest;
        Assert.Equal(0, watch.ExitCode);
    }

    [Fact]
    public async Task Cancel_tries_digits_as_the_id_of_the_client_too()
    {
        OmsCommand placed = await Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "1", "--limit", "1",
            "--client-order-id", "12345");
        OmsCommand canceled = await Oms("order", "cancel", TestMarket.SpotName, "12345", "--json");

        Assert.Equal((0, 0), (placed.ExitCode, canceled.ExitCode));
        JsonElement order = Assert.Single(canceled.Json);
        Assert.Equal("12345", order.GetProperty("client_order_id").GetString());
        Assert.Equal("pending_cancel", order.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_table_in_a_pipe_is_cut_nowhere()
    {
        string id = "an-id-of-thirty-six-characters-12345";
        OmsCommand placed = await Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--limit", "50000",
            "--client-order-id", id);

        Assert.DoesNotContain("…", placed.Output);
        foreach (string text in new[] { "BTC/USDT", "buy", "0.01", "50000", "pending_new", id })
        {
            Assert.Contains($" {text} ", placed.Output);
        }
    }

    [Fact]
    public async Task Help_says_each_default_once()
    {
        OmsCommand help = await Oms("order", "place", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Equal(3, help.Output.Split("[default:").Length - 1);
    }

    private static async Task Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private Task<OmsCommand> Oms(params string[] arguments) => OmsCommand.Run(_deployment, arguments);

    private async Task<ExecutionReport> Seen(string clientOrderId)
    {
        ExecutionReport? report = null;
        await Eventually.True(
            () => (report = _deployment.FastPath.LastReportOf(TestMarket.Spot, clientOrderId)) is not null);
        return report.GetValueOrDefault();
    }
}
