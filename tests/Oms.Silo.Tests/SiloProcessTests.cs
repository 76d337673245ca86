using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Domain.Accounts;
using Oms.SharedMemory.Health;
using Oms.Otlp.Testing;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>The real process over a real nats-server; the test plays FastPath.</summary>
public sealed class SiloProcessTests(OmsNats nats) : IClassFixture<OmsNats>, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    private readonly Deployment _deployment = new();
    private readonly NatsConnection _connection = nats.Connect();
    private ChildProcess? _silo;

    public async ValueTask InitializeAsync()
    {
        _deployment.Configure(nats);
        var jetStream = new NatsJSContext(_connection);
        await foreach (string name in jetStream.ListStreamNamesAsync())
        {
            _ = await jetStream.DeleteStreamAsync(name);
        }
    }

    [Fact]
    public async Task Killed_in_the_middle_it_loses_nothing_and_doubles_nothing()
    {
        await StartSiloAsync();
        await Eventually.True(() => Health()?.Detail == "waiting for fastpath", Deadline);
        using PlayedFastPath fastPath = PlayedFastPath.Start(_deployment);
        fastPath.Write(2_000);
        await ReadyAsync(fastPath);

        // More than the ring holds: what does not fit comes from the log.
        fastPath.Write(20_000);
        await Eventually.True(() => StoredBetween(Deployment.Sub, 1_500, 8_000), Deadline);
        await KillSiloAsync();
        fastPath.Write(1_000);
        await StartSiloAsync();
        await ReadyAsync(fastPath);
        await AssertCompleteAsync(fastPath);

        await Eventually.True(() => Health()?.Detail.EndsWith("fastpath is silent") == true, Deadline);
        await nats.Server.KillAsync();
        await Eventually.True(() => Beaten(fastPath)?.Detail.EndsWith("nats unreachable") == true, Deadline);
        Assert.Equal(ProcessState.Degraded, Health()?.State);
        fastPath.Write(500);
        await nats.Server.StartAgainAsync();
        await ReadyAsync(fastPath);
        await AssertCompleteAsync(fastPath);
        Assert.True(_silo?.HasExited == false);
    }

    [Fact]
    public async Task A_sink_that_lost_everything_is_filled_again()
    {
        using PlayedFastPath fastPath = PlayedFastPath.Start(_deployment);
        fastPath.Write(300);
        await StartSiloAsync();
        await ReadyAsync(fastPath);
        await KillSiloAsync();
        var jetStream = new NatsJSContext(_connection);
        _ = await jetStream.DeleteStreamAsync("events-binance-main");
        _ = await jetStream.DeleteStreamAsync("KV_grains");
        Directory.Delete(Path.Combine(_deployment.Data.Path, "logs", "2026"), recursive: true);
        fastPath.Write(10);
        await StartSiloAsync();
        await ReadyAsync(fastPath);
        await AssertCompleteAsync(fastPath);
    }

    [Fact]
    public async Task It_ends_quickly_when_asked_to_and_says_so()
    {
        using PlayedFastPath fastPath = PlayedFastPath.Start(_deployment);
        fastPath.Write(10);
        await StartSiloAsync();
        await ReadyAsync(fastPath);
        await TerminateSiloAsync();
        await Eventually.True(() => _silo?.HasExited == true, TimeSpan.FromSeconds(8));
        Assert.Equal(ProcessState.Stopping, Health()?.State);
    }

    [Fact]
    public async Task It_tells_Prometheus_and_a_collector_how_far_its_feed_is_behind()
    {
        await using OtlpCollector collector = await OtlpCollector.Start();
        int port = Loopback.FreePort();
        File.AppendAllText(
            Path.Combine(_deployment.ConfigsPath, "deployment.yaml"),
            $"""

            telemetry:
              silo_metrics_port: {port}
              otlp_endpoint: {collector.Endpoint}
              otlp_interval_ms: 500
              trace_ratio: 1

            """);
        using PlayedFastPath fastPath = PlayedFastPath.Start(_deployment);
        fastPath.Write(300);
        await StartSiloAsync();
        await ReadyAsync(fastPath);
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));
        Assert.Matches(@"(?m)^oms_silo_feeding\S* 1( |$)", metrics);
        Assert.Matches(@"(?m)^oms_silo_feed_lag\S* 0( |$)", metrics);
        Assert.Matches(@"(?m)^oms_silo_feed_events\S* 300( |$)", metrics);
        Assert.Matches(@"(?m)^oms_silo_lease_token\S* [1-9]", metrics);
        Assert.Contains("orleans_storage_write_latency", metrics, StringComparison.Ordinal);
        Assert.Contains("orleans_jetstream_operation_duration", metrics, StringComparison.Ordinal);
        await Eventually.True(() => collector.Metrics.Contains("oms.silo.feed.lag")
            && collector.Spans.Any(span => span.Service == "oms-silo"));
    }

    [Fact]
    public async Task A_second_silo_of_a_deployment_refuses_to_start()
    {
        using HealthFile first = HealthFile.Open(_deployment.Region, "silo", "");
        await StartSiloAsync();
        await Eventually.True(() => _silo?.HasExited == true, Deadline);
        Assert.Contains("another process is the owner of", _silo?.ErrorText);
    }

    [Fact]
    public async Task A_bad_configuration_is_refused_with_its_problems()
    {
        File.WriteAllText(Path.Combine(_deployment.ConfigsPath, "limits.yaml"), "risk:\n  nonsense: 1\n");
        await StartSiloAsync();
        await Eventually.True(() => _silo?.HasExited == true, Deadline);
        Assert.Contains("limits.yaml:2", _silo?.ErrorText);
    }

    public async ValueTask DisposeAsync()
    {
        await KillSiloAsync();
        await _connection.DisposeAsync();
        _deployment.Dispose();
    }

    private async Task StartSiloAsync() => _silo = await ChildProcess.StartAsync(
        Path.Combine(AppContext.BaseDirectory, "Oms.Silo"),
        ["--configs", _deployment.ConfigsPath, "--data", _deployment.Data.Path]);

    private async Task KillSiloAsync()
    {
        if (_silo is { HasExited: false } silo)
        {
            await silo.KillAsync();
        }
    }

    private async Task TerminateSiloAsync()
    {
        ChildProcess kill = await ChildProcess.StartAsync("/bin/kill", ["-TERM", $"{_silo?.Id}"]);
        await Eventually.True(() => kill.HasExited);
    }

    private ProcessHealth? Health() => HealthFile.Read(_deployment.Region, "silo");

    private ProcessHealth? Beaten(PlayedFastPath fastPath)
    {
        fastPath.Announce();
        return Health();
    }

    /// <summary>Waits until everything that was written is said to be everywhere.</summary>
    private async Task ReadyAsync(PlayedFastPath fastPath)
    {
        try
        {
            await Eventually.True(
                () => Beaten(fastPath) is
                    {
                        State: ProcessState.Ready, Detail: "0 events behind", IsFresh: true,
                    }
                    && HeldLogSequence() == fastPath.LastLogSequence,
                Deadline);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Health()}\n{_silo?.ErrorText}\n{LogText()}");
        }
    }

    private string LogText()
    {
        string path = Path.Combine(_deployment.Data.ProcessLogs, "silo.jsonl");
        return File.Exists(path) ? string.Join('\n', File.ReadLines(path).TakeLast(20)) : "(no log)";
    }

    private long HeldLogSequence() => new Feed.CheckpointFile(_deployment.Data.Silo).Read().LogSequence;

    private async Task<bool> StoredBetween(AccountName account, long above, long below)
    {
        try
        {
            INatsJSStream stream = await new NatsJSContext(_connection)
                .GetStreamAsync($"events-{account.Exchange}-{account.Account}");
            return stream.Info.State.Messages > above && stream.Info.State.Messages < below;
        }
        catch (NatsJSApiException)
        {
            return false;
        }
    }

    private Task AssertCompleteAsync(PlayedFastPath fastPath) =>
        new StoredStory(_deployment, _connection).AssertCompleteAsync(fastPath);
}
