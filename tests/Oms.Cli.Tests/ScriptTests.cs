using System.Diagnostics;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;

namespace Oms.Cli.Tests;

/// <summary>The script <c>oms</c>, in a checkout whose sources do not build.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("oms-script-").FullName;

    public ScriptTests()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "script", "oms"), Path.Combine(_root, "oms"));
        _ = Directory.CreateDirectory(Path.Combine(_root, "src"));
        WriteScript(
            Path.Combine("tools", "dotnet"),
            "if [ \"$1\" = --list-sdks ]; then echo '10.0.100'; else echo 'broken edit'; exit 1; fi");
    }

    private static string ProgramPath => Path.Combine("artifacts", "bin", "Oms.Cli", "release", "oms");

    [Theory]
    [InlineData("down")]
    [InlineData("status", "--json")]
    [InlineData("--data", "up", "status")]
    [InlineData("order", "cancel", "7")]
    public async Task What_stops_or_shows_does_not_depend_on_the_sources(params string[] arguments)
    {
        WriteScript(ProgramPath, "echo \"program $*\"");

        Run run = await RunAsync(arguments);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal($"program {string.Join(' ', arguments)}", run.Output.Trim());
    }

    [Theory]
    [InlineData("up")]
    [InlineData("--configs", "elsewhere", "up", "--detach")]
    public async Task Up_builds_and_says_what_is_broken(params string[] arguments)
    {
        WriteScript(ProgramPath, "echo \"program $*\"");

        Run run = await RunAsync(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("broken edit", run.Errors);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Any_command_builds_a_program_that_is_missing()
    {
        Run run = await RunAsync("down");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the build failed", run.Errors);
    }

    [Theory]
    [InlineData("data", "up")]
    [InlineData("other", "up", "--data", "other")]
    [InlineData("other", "--data=other", "up")]
    public async Task Up_builds_nothing_under_a_running_supervisor(string folder, params string[] arguments)
    {
        WriteScript(ProgramPath, "echo \"program $*\"");
        using SupervisorLock held = TakeLock(folder);

        Run run = await RunAsync(arguments);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.StartsWith("program", run.Output);
    }

    [Fact]
    public async Task Up_builds_after_a_supervisor_and_beside_another_ones()
    {
        WriteScript(ProgramPath, "echo \"program $*\"");
        using SupervisorLock other = TakeLock("other");
        TakeLock("data").Dispose();

        Run run = await RunAsync("up");

        Assert.Contains("the build failed", run.Errors);
    }

    [Fact]
    public async Task Bench_builds_and_hands_over()
    {
        _ = Directory.CreateDirectory(Path.Combine(_root, "bench"));
        WriteScript(
            Path.Combine("tools", "dotnet"), "if [ \"$1\" = --list-sdks ]; then echo '10.0.100'; fi");
        WriteScript(
            Path.Combine("artifacts", "bin", "Oms.Bench", "release", "Oms.Bench"), "echo \"bench $*\"");

        Run run = await RunAsync("bench", "engine", "--json");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("bench engine --json", run.Output.Trim());
        Assert.True(File.Exists(Path.Combine(_root, "artifacts", "bench.stamp")));
    }

    [Fact]
    public async Task Bench_measures_nothing_beside_a_running_deployment()
    {
        using SupervisorLock held = TakeLock("data");

        Run run = await RunAsync("bench", "engine");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("./oms down", run.Errors);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private SupervisorLock TakeLock(string folder)
    {
        var data = new DataFolder(Path.Combine(_root, folder));
        _ = Directory.CreateDirectory(data.Run);
        return SupervisorLock.TryTake(data) ?? throw new InvalidOperationException("the lock is taken");
    }

    private void WriteScript(string path, string body)
    {
        string whole = Path.Combine(_root, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(whole) ?? _root);
        File.WriteAllText(whole, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(
            whole, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<Run> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(_root, "oms"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _root,
        };
        start.Environment["PATH"] =
            $"{Path.Combine(_root, "tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process =
            Process.Start(start) ?? throw new InvalidOperationException("bash did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
        return new(process.ExitCode, await output, await errors);
    }
}
