using System.Net;
using System.Net.Sockets;
using Oms.Cli.Supervision;

namespace Oms.Cli.Tests;

/// <summary>What <c>oms up</c> refuses: with one clear message, and harming nothing.</summary>
public sealed class UpRefusalTests
{
    [Fact]
    public async Task A_start_that_fails_says_why_and_leaves_nothing_behind()
    {
        await using var deployment = new TestDeployment();
        deployment.Fail(ProcessNames.Silo, exitCode: 2, "silo was told to fail");

        Run up = await deployment.UpDetachedAsync();

        Assert.Equal(1, up.ExitCode);
        Assert.Contains("silo ended before it was ready, exit code 2", up.Errors);
        Assert.Contains("silo was told to fail", up.Errors);
        Assert.Empty(deployment.Supervised());
        Assert.Null(deployment.Report());
    }

    [Theory]
    [InlineData("the log is damaged", "the log is damaged", 2)]
    [InlineData("attempt of {pid}", "attempt of ", 3)]
    public async Task A_cause_is_said_once_and_not_tried_again_in_the_same_words(
        string words, string said, int attempts)
    {
        await using var deployment = new TestDeployment();
        deployment.Fail(ProcessNames.FastPath, exitCode: 1, words);

        // What an earlier start printed is another start's affair.
        for (int start = 1; start <= 2; start++)
        {
            Run up = await deployment.UpDetachedAsync();

            Assert.Equal(1, up.ExitCode);
            Assert.Contains("fastpath ended before it was ready, exit code 1", up.Errors);
            _ = Assert.Single(up.Errors.Split('\n'), line => line.StartsWith("  ", StringComparison.Ordinal));
            Assert.Contains($"  {said}", up.Errors);
            string[] printed =
                File.ReadAllLines(OutputFile.PathOf(deployment.Data, ProcessNames.FastPath));
            Assert.Equal(
                start * attempts, printed.Count(line => line.StartsWith("--- ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_its_key_and_its_owner()
    {
        await using var deployment = new TestDeployment();
        using var listener = new TcpListener(IPAddress.Loopback, deployment.Ports[2]);
        listener.Start();

        Run up = await deployment.UpDetachedAsync();

        Assert.Equal(1, up.ExitCode);
        Assert.Contains(
            $"port {deployment.Ports[2]} (deployment.yaml, gateway.port) is taken by " +
            $"pid {Environment.ProcessId}",
            up.Errors);
        Assert.False(Directory.Exists(Path.Combine(deployment.Data.Path, "stand-in")));
    }

    [Fact]
    public async Task Bad_configuration_is_told_whole_before_anything_is_made()
    {
        await using var deployment = new TestDeployment();
        deployment.Replace("deployment.yaml", "backoff\n", "hope\n");
        deployment.Replace("limits.yaml", "1048576", "1000");

        Run up = await deployment.UpDetachedAsync();

        Assert.Equal(1, up.ExitCode);
        Assert.Contains("deployment.yaml:", up.Errors);
        Assert.Contains("limits.yaml:", up.Errors);
        Assert.False(Directory.Exists(deployment.Data.Path));
    }

    [Fact]
    public async Task A_stale_state_file_of_a_pid_used_again_is_no_running_supervisor()
    {
        await using var deployment = new TestDeployment();
        _ = Directory.CreateDirectory(deployment.Data.Run);

        // This test's own pid with another start time: a pid that was used again.
        new StateFile(deployment.Data).Write(new()
        {
            Pid = Environment.ProcessId,
            StartTicks = 1,
            Phase = SupervisorPhase.Watching,
            Configs = deployment.Configs,
            Processes = [],
        });

        Run up = await deployment.UpDetachedAsync();

        Assert.True(up.ExitCode == 0, up.ToString());
        _ = await deployment.StatusAsync(exitCode: 0);
    }

    [Theory]
    [InlineData("up", "--nonsense")]
    [InlineData("nonsense")]
    [InlineData("status", "--json", "--data")]
    public async Task Wrong_usage_is_exit_code_2(params string[] arguments)
    {
        await using var deployment = new TestDeployment();

        Assert.Equal(2, (await deployment.OmsAsync([.. arguments])).ExitCode);
    }
}
