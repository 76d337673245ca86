using System.Diagnostics;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>What the command line tells when the gateway, or what is behind it, does not answer.</summary>
[Collection<OneGateway>]
public sealed class CommandFailuresTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task An_outcome_that_is_not_known_is_said_with_the_name_of_the_order()
    {
        int taken = _deployment.FastPath.CommandsTaken;
        _deployment.FastPath.IsReading = false;
        OmsCommand[] commands = await Task.WhenAll(
            Oms("order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--json"),
            Oms("order", "cancel", TestMarket.SpotName, "late", "--json"));
        _deployment.FastPath.IsReading = true;
        await Eventually.True(() => _deployment.FastPath.CommandsTaken == taken + 2);

        Assert.All(commands, command => Assert.Equal((1, ""), (command.ExitCode, command.Output)));
        Assert.All(
            commands,
            command => Assert.StartsWith("no answer came in time", command.Errors, StringComparison.Ordinal));
        Assert.Matches(
            "the outcome is not known; ask with `oms orders` or repeat with "
                + "--client-order-id cli-[0-9a-f]{16}$",
            commands[0].Errors);
        Assert.EndsWith("repeat with --client-order-id late", commands[1].Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_dies_before_its_answer_leaves_the_outcome_unknown()
    {
        await using TestDeployment own = await TestDeployment.Started();
        using Process placing = OmsCommand.Start(
            own,
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "1", "--client-order-id", "silent-1");
        Task<string> errors = placing.StandardError.ReadToEndAsync();
        await Eventually.True(() => own.FastPath.CommandsTaken == 1);
        await own.KillGateway();
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
        await _deployment.HearFastPath();

        Assert.Equal(1, last.ExitCode);
        Assert.StartsWith("not taken: the trading engine", last.Errors, StringComparison.Ordinal);
    }

    private Task<OmsCommand> Oms(params string[] arguments) => OmsCommand.Run(_deployment, arguments);
}
