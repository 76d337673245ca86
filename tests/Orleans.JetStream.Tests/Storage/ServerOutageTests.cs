using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Testing;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Storage;

public sealed class ServerOutageTests
{
    private static readonly GrainId Grain = GrainId.Create("tester", "one");

    [Fact]
    public async Task A_server_killed_among_writes_loses_none_and_doubles_none()
    {
        const int WriterCount = 8;
        const int KillCount = 3;
        const int WritesBetweenKills = 200;
        await using var server = await NatsServer.StartAsync();
        await using var host = await StorageHost.StartAsync(
            server.ToOptions(), options => options.AttemptTimeout = TimeSpan.FromMilliseconds(500));
        using var stop = new CancellationTokenSource();
        var writeCount = 0L;
        var writers = Enumerable.Range(0, WriterCount).Select(number => Task.Run(async () =>
        {
            var state = new HeldState();
            while (!stop.IsCancellationRequested)
            {
                state.State.Number++;
                await host.Storage.WriteStateAsync("state", GrainId.Create("writer", $"{number}"), state);
                _ = Interlocked.Increment(ref writeCount);
            }

            return state;
        })).ToArray();

        for (var kill = 0; kill < KillCount; kill++)
        {
            var before = Interlocked.Read(ref writeCount);
            await Eventually.True(() => Interlocked.Read(ref writeCount) >= before + WritesBetweenKills
                || writers.Any(writer => writer.IsFaulted));
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        await stop.CancelAsync();
        var ended = await Task.WhenAll(writers);
        for (var number = 0; number < WriterCount; number++)
        {
            var stored = await host.ReadAsync(GrainId.Create("writer", $"{number}"));
            Assert.Equal(ended[number].State.Number, stored.State.Number);
            Assert.Equal(ended[number].ETag, stored.ETag);
        }

        await using var connection = new NatsConnection(server.ToOptions());
        var stream = await new NatsJSContext(connection).GetStreamAsync($"KV_{host.Bucket}");
        Assert.Equal(writeCount, (long)stream.Info.State.LastSeq);
        Assert.Equal(writeCount, ended.Sum(state => state.State.Number));
    }

    [Fact]
    public async Task Without_a_server_every_operation_fails_within_its_bound_and_works_when_it_is_back()
    {
        var bound = TimeSpan.FromSeconds(1);
        await using var server = await NatsServer.StartAsync();
        await using var host = await StorageHost.StartAsync(
            server.ToOptions(), options => options.AttemptTimeout = bound / 4);
        var state = await host.WriteAsync(Grain, new TestState { Text = "before" });
        await server.KillAsync();

        host.Options.OperationTimeout = bound;
        state.State.Text = "during";
        await Task.WhenAll(new Func<Task>[]
        {
            () => host.Storage.WriteStateAsync("state", Grain, state),
            () => host.Storage.ReadStateAsync("state", Grain, new HeldState()),
            () => host.Storage.ClearStateAsync("state", Grain, new HeldState(new TestState(), state.ETag)),
        }.Select(async operation =>
        {
            var started = Stopwatch.GetTimestamp();
            var failure = await Assert.ThrowsAsync<JetStreamStorageException>(operation);
            Assert.InRange(Stopwatch.GetElapsedTime(started), bound / 2, bound * 20);
            Assert.IsType<TimeoutException>(failure.InnerException);
        }));

        await server.StartAgainAsync();
        await Eventually.True(async () =>
        {
            try
            {
                return (await host.ReadAsync(Grain)).RecordExists;
            }
            catch (JetStreamStorageException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_callers_cancellation_ends_a_wait_for_the_server_at_once()
    {
        await using var server = await NatsServer.StartAsync();
        await using var host = await StorageHost.StartAsync(server.ToOptions());
        await server.KillAsync();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Storage.WriteStateAsync(
            "state", Grain, new HeldState(), cancellation.Token));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_cancelled_token_stores_nothing_and_leaves_the_state_alone()
    {
        await using var server = await NatsServer.StartAsync();
        await using var host = await StorageHost.StartAsync(server.ToOptions());
        var canceled = new CancellationToken(canceled: true);
        var state = new HeldState(new TestState { Text = "mine" });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Storage.WriteStateAsync("state", Grain, state, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Storage.ReadStateAsync("state", Grain, state, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Storage.ClearStateAsync("state", Grain, state, canceled));
        Assert.Equal("mine", state.State.Text);
        Assert.Null(state.ETag);
        Assert.False((await host.ReadAsync(Grain)).RecordExists);
    }

    [Fact]
    public async Task A_storage_whose_server_is_missing_fails_to_start_within_its_bound()
    {
        await using var server = await NatsServer.StartAsync();
        var connection = server.ToOptions();
        await server.KillAsync();
        var failure = await Assert.ThrowsAsync<JetStreamStorageException>(() => StorageHost.StartAsync(
            connection,
            options =>
            {
                options.OperationTimeout = TimeSpan.FromMilliseconds(500);
                options.AttemptTimeout = TimeSpan.FromMilliseconds(200);
            }));
        Assert.Contains("could not open it", failure.Message);
    }
}
