using System.Collections.Immutable;
using System.Globalization;
using Oms.Cli.Linux;
using Oms.Cli.Supervision;

namespace Oms.Cli.Tests;

/// <summary>Without its state file everything is still seen, and can be stopped.</summary>
public sealed class StateFileTests
{
    private const int Stop = 19;
    private const int Continue = 18;

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("{", "is damaged")]
    public async Task Without_its_state_file_a_deployment_is_seen_and_stopped(string text, string problem)
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        ProcessIdentity supervisor = deployment.Supervisor();
        ImmutableArray<StatusRow> before = await deployment.StatusAsync(exitCode: 0);

        // A supervisor that runs would write the file again.
        Assert.True(Signals.Send(supervisor, Stop));
        Damage(deployment, text);

        ImmutableArray<StatusRow> rows = await deployment.StatusAsync(exitCode: 1);
        Assert.Equal(before.Select(row => (row.Name, row.Pid)), rows.Select(row => (row.Name, row.Pid)));
        Assert.All(rows, row => Assert.Contains($"{PathOf(deployment)} {problem}", row.Detail));
        Assert.Equal(SupervisedState.Ready, rows.Single(row => row.Name == ProcessNames.FastPath).State);
        Run second = await deployment.UpDetachedAsync();
        Assert.Contains($"already running on {deployment.Data.Path} (pid {supervisor.Pid})", second.Errors);
        Task<Run> downAsync = deployment.OmsAsync("down");
        await Waiting.UntilAsync(() => IsAskedToEnd(supervisor), "down has found the supervisor");
        Assert.True(Signals.Send(supervisor, Continue));
        Run down = await downAsync;
        Assert.True(down is { ExitCode: 0, Output: "stopped\n" }, down.ToString());
        Assert.Empty(deployment.Supervised());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"pid\":1}")]
    public async Task A_damaged_one_that_nobody_writes_is_moved_aside(string text)
    {
        await using var deployment = new TestDeployment();
        _ = Directory.CreateDirectory(deployment.Data.Run);
        Damage(deployment, text);

        Run down = await deployment.OmsAsync("down");

        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.StartsWith($"{PathOf(deployment)} is damaged", down.Output);
        Assert.Contains("nothing runs", down.Output);
        Assert.Equal(text, await File.ReadAllTextAsync(PathOf(deployment) + ".damaged"));
        Damage(deployment, text);
        Run up = await deployment.UpDetachedAsync();
        Assert.True(up.ExitCode == 0, up.ToString());
    }

    private static string PathOf(TestDeployment deployment) => new StateFile(deployment.Data).Path;

    internal static void Damage(TestDeployment deployment, string text)
    {
        if (text.Length == 0)
        {
            File.Delete(PathOf(deployment));
        }
        else
        {
            File.WriteAllText(PathOf(deployment), text);
        }
    }

    // Signals that wait for a stopped process stand in its status as a bit set.
    private static bool IsAskedToEnd(ProcessIdentity process)
    {
        const string Field = "ShdPnd:";
        string line = File.ReadLines($"/proc/{process.Pid}/status")
            .First(line => line.StartsWith(Field, StringComparison.Ordinal));
        ulong waiting = ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber);
        return (waiting & (1UL << (Signals.Terminate - 1))) != 0;
    }
}
