using System.Collections.Immutable;
using System.Diagnostics;
using Oms.Cli.Linux;
using Oms.Cli.Supervision;
using Oms.SharedMemory.Regions;

namespace Oms.Cli.Tests;

/// <summary>The real <c>oms</c> with the real nats-server; our other processes are stood in for.</summary>
public sealed class UpTests
{
    [Fact]
    public async Task Detached_up_returns_when_all_is_ready_and_down_stops_all_in_order()
    {
        await using var deployment = new TestDeployment();

        Run up = await deployment.UpDetachedAsync();

        Assert.True(up.ExitCode == 0, up.ToString());
        Assert.All(ProcessNames.All, name => Assert.Contains(name, up.Output));
        Assert.Contains(deployment.Data.OperatorTokenFile, up.Output);
        Assert.Contains(Path.Combine(deployment.Data.Tls, "client.crt"), up.Output);
        ImmutableArray<StatusRow> rows = await deployment.StatusAsync(exitCode: 0);
        Assert.Equal(ProcessNames.All, rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.Equal(SupervisedState.Ready, row.State));
        Assert.All(rows, row => Assert.True(row.ResidentMegabytes > 0 && row.Restarts == 0));
        Assert.Equal(rows.Length, deployment.Supervised().Length);

        Run down = await deployment.OmsAsync("down");

        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.Empty(deployment.Supervised());
        Assert.False(Directory.Exists(RegionPath(deployment)));
        string[] order = deployment.Order();
        Assert.Equal(
            ["end gateway", "end silo", "end connectors", "end fastpath", "end simulator"], order[^5..]);
        Assert.True(Array.IndexOf(order, "start fastpath") < Array.IndexOf(order, "start connectors"));
        Assert.True(Array.IndexOf(order, "start simulator") < Array.IndexOf(order, "start connectors"));
        Assert.Equal("start gateway", order[4]);
        Assert.All(
            await deployment.StatusAsync(exitCode: 1),
            row => Assert.Equal(SupervisedState.Stopped, row.State));
    }

    [Fact]
    public async Task Down_when_nothing_runs_says_so()
    {
        await using var deployment = new TestDeployment();

        Run down = await deployment.OmsAsync("down");

        Assert.Equal(0, down.ExitCode);
        Assert.StartsWith("nothing runs", down.Output);
    }

    [Fact]
    public async Task Ctrl_c_stops_a_foreground_up()
    {
        await using var deployment = new TestDeployment();
        Process up = deployment.StartUp();
        await Waiting.UntilAsync(() => deployment.Report()?.Phase == SupervisorPhase.Watching, "ready");

        const int Interrupt = 2;
        Assert.True(Signals.Send(Identity(up.Id), Interrupt));
        await up.WaitForExitAsync();

        Assert.Equal(0, up.ExitCode);
        Assert.Empty(deployment.Supervised());
        Assert.Null(deployment.Report());
    }

    [Fact]
    public async Task Processes_die_with_a_killed_supervisor_and_the_next_up_starts_again()
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        ProcessIdentity supervisor = deployment.Supervisor();

        Assert.True(Signals.Send(supervisor, Signals.Kill));
        await Waiting.UntilAsync(() => deployment.Supervised().Length == 0, "all processes gone");

        ImmutableArray<StatusRow> rows = await deployment.StatusAsync(exitCode: 1);
        Assert.All(rows, row => Assert.Equal(SupervisedState.Stopped, row.State));
        Assert.All(rows, row => Assert.Contains($"(pid {supervisor.Pid}) died", row.Detail));
        Run again = await deployment.UpDetachedAsync();
        Assert.True(again.ExitCode == 0, again.ToString());
        _ = await deployment.StatusAsync(exitCode: 0);
    }

    [Fact]
    public async Task Down_clears_up_after_a_killed_supervisor()
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        ProcessIdentity supervisor = deployment.Supervisor();
        Assert.True(Signals.Send(supervisor, Signals.Kill));
        await Waiting.UntilAsync(() => !ProcessTable.IsAlive(supervisor), "supervisor gone");

        Run down = await deployment.OmsAsync("down");

        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.Empty(deployment.Supervised());
        Assert.Null(deployment.Report());
        Assert.False(Directory.Exists(RegionPath(deployment)));
    }

    [Fact]
    public async Task A_killed_process_is_started_again_and_no_other()
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        ImmutableArray<StatusRow> before = await deployment.StatusAsync(exitCode: 0);

        foreach (string name in (string[])[ProcessNames.Nats, ProcessNames.FastPath])
        {
            Kill(deployment, name, Signals.Kill);
            await Waiting.UntilAsync(
                () => deployment.Report(name) is { Restarts: 1, State: SupervisedState.Ready },
                $"{name} is back");
        }

        ImmutableArray<StatusRow> after = await deployment.StatusAsync(exitCode: 0);
        Assert.Equal(
            [ProcessNames.Nats, ProcessNames.FastPath],
            after.Where(row => before.All(old => old.Pid != row.Pid)).Select(row => row.Name));
        Assert.Equal("killed by signal 9", deployment.Report(ProcessNames.FastPath).LastEnding);
    }

    [Fact]
    public async Task A_hung_process_is_unresponsive_then_killed_and_started_again()
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        const int Stop = 19;

        Kill(deployment, ProcessNames.Gateway, Stop);

        await Waiting.UntilAsync(
            () => deployment.Report(ProcessNames.Gateway).State == SupervisedState.Unresponsive,
            "gateway is unresponsive");
        ImmutableArray<StatusRow> rows = await deployment.StatusAsync(exitCode: 1);
        Assert.Equal(
            SupervisedState.Unresponsive, Assert.Single(rows, row => row.Name == ProcessNames.Gateway).State);
        await Waiting.UntilAsync(
            () => deployment.Report(ProcessNames.Gateway) is { Restarts: 1, State: SupervisedState.Ready },
            "gateway is back");
    }

    [Fact]
    public async Task Secrets_are_on_no_command_line_and_survive_a_restart()
    {
        await using var deployment = new TestDeployment();
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        string[] secrets = Secrets(deployment);

        Assert.All(deployment.Supervised(), process => Assert.DoesNotContain(
            secrets, secret => File.ReadAllText($"/proc/{process.Pid}/cmdline").Contains(secret)));
        Assert.All(deployment.Supervised(), process => Assert.DoesNotContain(
            secrets, secret => File.ReadAllText($"/proc/{process.Pid}/environ").Contains(secret)));
        Assert.Equal(0, (await deployment.OmsAsync("down")).ExitCode);
        Assert.Equal(0, (await deployment.UpDetachedAsync()).ExitCode);
        Assert.Equal(secrets, Secrets(deployment));
    }

    private static string[] Secrets(TestDeployment deployment) =>
    [
        File.ReadAllText(deployment.Data.NatsPasswordFile).Trim(),
        File.ReadAllText(deployment.Data.OperatorTokenFile).Trim(),
        File.ReadAllText(deployment.Data.KeysPassphraseFile).Trim(),
        .. Preparation.SimulatorAccountsFile
            .Read(Preparation.PreparedDeployment.SimulatorAccountsPath(deployment.Data)).Accounts
            .Select(account => account.SecretKey),
    ];

    // Not through ForDataFolder: that would make the folder again.
    private static string RegionPath(TestDeployment deployment)
    {
        string path = SharedRegion.ForDataFolder(deployment.Data.Path).Path;
        if (Directory.GetFileSystemEntries(path).Length == 0)
        {
            Directory.Delete(path);
        }

        return path;
    }

    private static void Kill(TestDeployment deployment, string name, int signal) =>
        Assert.True(Signals.Send(IdentityOf(deployment, name), signal));

    private static ProcessIdentity IdentityOf(TestDeployment deployment, string name)
    {
        ProcessReport report = deployment.Report(name);
        return new(Assert.NotNull(report.Pid), Assert.NotNull(report.StartTicks));
    }

    private static ProcessIdentity Identity(int pid) => Assert.NotNull(ProcessTable.Find(pid));
}
