using System.Diagnostics;
using System.Text.Json;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>What the command line tells when things do not go their usual way.</summary>
public sealed class CommandOutcomesTests : IAsyncLifetime
{
    private TestDeployment _deployment = null!;

    public async ValueTask InitializeAsync() => _deployment = await TestDeployment.Started();

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

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
    public async Task An_outcome_that_is_not_known_is_said_with_the_name_of_the_order()
    {
        _deployment.FastPath.IsReading = false;
        OmsCommand[] commands = await Task.WhenAll(
            Oms("order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--json"),
            Oms("order", "cancel", TestMarket.SpotName, "mine", "--json"));

        Assert.All(commands, command => Assert.Equal((1, ""), (command.ExitCode, command.Output)));
        Assert.All(
            commands,
            command => Assert.StartsWith("no answer came in time", command.Errors, StringComparison.Ordinal));
        Assert.Matches(
            "the outcome is not known; ask with `oms orders` or repeat with "
                + "--client-order-id cli-[0-9a-f]{16}$",
            commands[0].Errors);
        Assert.EndsWith("repeat with --client-order-id mine", commands[1].Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_dies_before_its_answer_leaves_the_outcome_unknown()
    {
        using Process placing = OmsCommand.Start(
            _deployment,
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "1", "--client-order-id", "silent-1");
        Task<string> errors = placing.StandardError.ReadToEndAsync();
        await Eventually.Holds(() => _deployment.FastPath.CommandsTaken == 1, "the command arrived");
        await _deployment.KillGateway();
        await placing.WaitForExitAsync();

        Assert.Equal(1, placing.ExitCode);
        Assert.Equal(
            "the connection was lost before the answer; the outcome is not known; ask with `oms orders` or "
                + "repeat with --client-order-id silent-1",
            (await errors).Trim());
    }

    [Fact]
    public async Task A_command_that_was_not_taken_is_said_to_be_so()
    {
        _deployment.FastPath.IsBeating = false;
        long started = Stopwatch.GetTimestamp();
        OmsCommand last;
        do
        {
            last = await Oms("order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "1");
        }
        while (last.ExitCode == 0 && Stopwatch.GetElapsedTime(started).TotalSeconds < 60);

        Assert.Equal(1, last.ExitCode);
        Assert.StartsWith("not taken: the trading engine", last.Errors, StringComparison.Ordinal);
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

        await Interrupt(watch);
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
        await process.WaitForExitAsync(patience.Token);
    }

    private Task<OmsCommand> Oms(params string[] arguments) => OmsCommand.Run(_deployment, arguments);

    private async Task<ExecutionReport> Seen(string clientOrderId)
    {
        ExecutionReport? report = null;
        await Eventually.Holds(
            () => (report = _deployment.FastPath.LastReportOf(TestMarket.Spot, clientOrderId)) is not null,
            clientOrderId);
        return report.GetValueOrDefault();
    }
}
