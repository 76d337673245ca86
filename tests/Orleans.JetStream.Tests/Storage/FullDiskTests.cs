using System.Diagnostics;
using NATS.Client.Core;
using Oms.Testing;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Storage;

public sealed class FullDiskTests
{
    private const int StateBytes = 100_000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_full_disk_fails_writes_within_their_bound_and_loses_nothing_that_was_written()
    {
        await using var disk = await SmallDisk.StartAsync(bytes: 10_000_000);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[5_000_000]);
        await using var server = await NatsServer.StartAsync(new NatsServerSettings
        {
            StoreFolder = Path.Combine(disk.Folder, "store"),
            StoreBytesMax = 1_000_000_000,
        });
        await using var host = await StorageHost.StartAsync(
            server.ToOptions(), options => options.AttemptTimeout = Bound / 3);
        host.Options.OperationTimeout = Bound;
        var (written, failed, failure) = await WriteUntilFailureAsync(host);
        Assert.NotEmpty(written);
        Assert.IsType<TimeoutException>(failure.InnerException);

        // A server of this age serves no stream any more once its disk was full, until it is started again.
        File.Delete(ballast);
        await server.KillAsync();
        await server.StartAgainAsync();
        host.Options.OperationTimeout = Bound * 10;
        foreach (var (grain, state) in written)
        {
            var stored = await host.ReadAsync(grain);
            Assert.Equal(state.ETag, stored.ETag);
            Assert.Equal(state.State.Bytes, stored.State.Bytes);
        }

        var again = await host.ReadAsync(failed);
        again.State = StateOf(failed);
        await host.Storage.WriteStateAsync("state", failed, again);
        Assert.Equal(again.State.Bytes, (await host.ReadAsync(failed)).State.Bytes);
    }

    [Theory]
    [InlineData(1_000_000, 1)]
    [InlineData(10_000, 12)]
    public async Task A_server_that_is_full_by_its_own_limit_refuses_at_once_and_keeps_no_chunks(
        int chunkBytes,
        int messagesPerState)
    {
        await using var server = await NatsServer.StartAsync(new NatsServerSettings
        {
            StoreBytesMax = 2_000_000,
        });
        await using var host = await StorageHost.StartAsync(
            server.ToOptions(), options => options.ChunkBytes = chunkBytes);
        var (written, failed, failure) = await WriteUntilFailureAsync(host);
        Assert.Contains("insufficient resources", failure.Message);
        Assert.False((await host.ReadAsync(failed)).RecordExists);
        foreach (var (grain, state) in written)
        {
            Assert.Equal(state.State.Bytes, (await host.ReadAsync(grain)).State.Bytes);
        }

        await using var connection = new NatsConnection(server.ToOptions());
        Assert.Equal(written.Count * messagesPerState, await host.MessageCountAsync(connection));
    }

    private static async Task<(
        Dictionary<GrainId, HeldState> Written,
        GrainId Failed,
        JetStreamStorageException Failure)> WriteUntilFailureAsync(StorageHost host)
    {
        var written = new Dictionary<GrainId, HeldState>();
        while (true)
        {
            var grain = GrainId.Create("filler", $"{written.Count}");
            var started = Stopwatch.GetTimestamp();
            try
            {
                written.Add(grain, await host.WriteAsync(grain, StateOf(grain)));
            }
            catch (JetStreamStorageException failure)
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < Bound * 10);
                return (written, grain, failure);
            }
        }
    }

    private static TestState StateOf(GrainId grain)
    {
        var bytes = new byte[StateBytes];
        new Random(grain.GetHashCode()).NextBytes(bytes);
        return new TestState { Bytes = bytes };
    }
}
