using System.Collections.Immutable;
using Oms.Cli.Linux;
using Oms.Cli.Supervision;

namespace Oms.Cli.Tests;

/// <summary>What a deployment that runs bears, and goes on.</summary>
public sealed class WhileItRunsTests(RunningDeployment running) : IClassFixture<RunningDeployment>
{
    [Fact]
    public async Task A_second_up_is_refused_and_harms_nothing()
    {
        TestDeployment deployment = running.Deployment;
        ProcessIdentity[] before = deployment.Supervised();

        Run second = await deployment.UpDetachedAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("already running", second.Errors);
        Assert.Equal(before, deployment.Supervised());
        _ = await deployment.StatusAsync(exitCode: 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    public async Task The_supervisor_writes_it_again(string text)
    {
        TestDeployment deployment = running.Deployment;
        ProcessIdentity supervisor = deployment.Supervisor();

        StateFileTests.Damage(deployment, text);

        await Waiting.UntilAsync(() => deployment.Report()?.Identity() == supervisor, "it is there again");
        _ = await deployment.StatusAsync(exitCode: 0);
    }

    [Fact]
    public async Task Status_tells_the_truth_before_the_supervisor_has_noticed()
    {
        TestDeployment deployment = running.Deployment;
        ProcessIdentity supervisor = deployment.Supervisor();
        const int Stop = 19;
        const int Continue = 18;
        Assert.True(Signals.Send(supervisor, Stop));
        try
        {
            ProcessReport report = deployment.Report(ProcessNames.Silo);
            ProcessIdentity silo = new(Assert.NotNull(report.Pid), Assert.NotNull(report.StartTicks));
            Assert.True(Signals.Send(silo, Signals.Kill));
            await Waiting.UntilAsync(() => !ProcessTable.IsAlive(silo), "silo gone");

            ImmutableArray<StatusRow> rows = await deployment.StatusAsync(exitCode: 1);

            StatusRow row = Assert.Single(rows, row => row.State != SupervisedState.Ready);
            Assert.Equal((ProcessNames.Silo, null, SupervisedState.Restarting), (row.Name, row.Pid, row.State));
            Assert.Equal($"pid {silo.Pid} ended", row.Detail);
        }
        finally
        {
            Assert.True(Signals.Send(supervisor, Continue));
        }

        await Waiting.UntilAsync(
            () => deployment.Report(ProcessNames.Silo) is { Restarts: 1, State: SupervisedState.Ready },
            "silo is back");
    }
}
