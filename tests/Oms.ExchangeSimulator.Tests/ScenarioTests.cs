using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>What goes wrong when, by a file or by a request.</summary>
public sealed class ScenarioTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_is_played_by_time_and_by_requests()
    {
        string path = await WriteAsync("""
            {"seed":1,"steps":[
              {"name":"much later","after_requests":1000000,"faults":[{"kind":"ban","duration_ms":1}]},
              {"name":"nobody holds anything","after_ms":1,"faults":[{"kind":"liquidate","account":"hmac"}]},
              {"name":"one of two","after_ms":1,"faults":[
                {"kind":"liquidate","account":"hmac"},{"kind":"clock_skew","skew_ms":0}]},
              {"name":"ten requests","after_requests":10,"faults":[{"kind":"ban","duration_ms":60000}]}]}
            """);
        await using SimulatorProcess simulator =
            await SimulatorProcess.StartAsync(_directory.Path, "--scenario", path);

        await PlayedAsync(simulator.Rest, "waits", "nothing to strike", "done in part", "waits");
        for (int number = 0; number < 10; number++)
        {
            Assert.Equal(200, (await simulator.Rest.SendAsync("GET", "/api/v3/ping")).Status);
        }

        await PlayedAsync(simulator.Rest, "waits", "nothing to strike", "done in part", "done");
        Assert.Equal(418, (await simulator.Rest.SendAsync("GET", "/api/v3/ping")).Status);
        JsonElement struck = (await simulator.Rest.GetJsonAsync("/sim/ledger")).GetProperty("faults");
        Assert.Equal("""{"ban":1,"clock_skew":1}""", struck.GetRawText());
    }

    [Theory]
    [InlineData("""{"steps":[]}""", "steps: must be 1 to")]
    [InlineData("""{"steps":[{"faults":[{"kind":"ban","duration_ms":1}]}]}""", "steps[0]: needs either after_ms or after_requests")]
    [InlineData("""{"steps":[{"after_ms":1,"after_requests":1,"faults":[{"kind":"ban","duration_ms":1}]}]}""", "steps[0]: needs either")]
    [InlineData("""{"steps":[{"after_ms":-1,"faults":[{"kind":"ban","duration_ms":1}]}]}""", "steps[0]: after_ms and")]
    [InlineData("""{"steps":[{"after_ms":1,"faults":[]}]}""", "steps[0].faults: must not be empty")]
    [InlineData("""{"steps":[{"after_ms":1,"faults":[{"kind":"ban","duration_ms":1},{"kind":"bam"}]}]}""", "steps[0].faults[1].kind: \"bam\"")]
    [InlineData("""{"steps":[{"after_ms":1,"faults":[{}]}]}""", "kind")]
    [InlineData("""{"steps":[{"at":1,"faults":[]}]}""", "$.steps[0].at")]
    [InlineData("{", "LineNumber: 0")]
    public async Task A_wrong_file_is_told_by_its_place(string json, string problem)
    {
        string path = await WriteAsync(json);
        (int exitCode, string error) = await SimulatorProcess.RunAsync(
            "--port", "0", "--accounts", SimulatorProcess.WriteAccounts(_directory.Path),
            "--data", Path.Combine(_directory.Path, "data"), "--scenario", path);
        Assert.Equal(2, exitCode);
        Assert.Contains($"--scenario: {path}: ", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        (int exitCode, string error) = await SimulatorProcess.RunAsync(
            "--port", "0", "--accounts", SimulatorProcess.WriteAccounts(_directory.Path),
            "--data", Path.Combine(_directory.Path, "data"), "--scenario", "/nowhere.json");
        Assert.Equal(2, exitCode);
        Assert.Contains("--scenario: ", error, StringComparison.Ordinal);
        Assert.Contains("/nowhere.json", error, StringComparison.Ordinal);
    }

    /// <summary>Waits until the steps of the scenario are in these states.</summary>
    internal static async Task PlayedAsync(HttpClient rest, params string[] states)
    {
        using CancellationTokenSource deadline = new(SimulatorProcess.Patience);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(10));
        while (!states.SequenceEqual((await rest.GetJsonAsync("/sim/scenario")).GetProperty("steps").EnumerateArray()
            .Select(step => step.GetProperty("state").GetString())))
        {
            _ = await poll.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task<string> WriteAsync(string json)
    {
        string path = Path.Combine(_directory.Path, "scenario.json");
        await File.WriteAllTextAsync(path, json);
        return path;
    }
}
