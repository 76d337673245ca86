using Oms.Testing;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Storage;

public sealed class GrainStateSizeTests(SharedNatsServer nats)
{
    private static readonly GrainId Grain = GrainId.Create("tester", "large");

    [Theory]
    [InlineData(100_000)]
    [InlineData(900_000)]
    [InlineData(1_100_000)]
    [InlineData(3_000_000)]
    public async Task State_of_any_size_is_read_as_it_was_written(int length)
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var content = ContentOf(length);
        var written = await host.WriteAsync(Grain, new TestState { Bytes = content });
        var read = await host.ReadAsync(Grain);
        Assert.Equal(content, read.State.Bytes);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task Chunks_are_as_small_as_the_server_asks()
    {
        var settings = new NatsServerSettings { MaxPayloadBytes = 16 * 1024 };
        await using var server = await NatsServer.StartAsync(settings);
        await using var host = await StorageHost.StartAsync(server.ToOptions());
        var content = ContentOf(100_000);
        _ = await host.WriteAsync(Grain, new TestState { Bytes = content });
        Assert.Equal(content, (await host.ReadAsync(Grain)).State.Bytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_chunk_stays_behind_when_its_record_shrinks_grows_or_is_cleared(bool deleteOnClear)
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions(), options =>
        {
            options.ChunkBytes = 1024;
            options.DeleteStateOnClear = deleteOnClear;
        });
        await using var connection = nats.Connect();
        var state = new HeldState();
        (int Length, int MessageCount)[] steps =
            [(10, 1), (5_000, 6), (2_500, 4), (10, 1), (3_000, 4), (8_000, 9)];
        foreach (var (length, messageCount) in steps)
        {
            state.State.Bytes = ContentOf(length);
            await host.Storage.WriteStateAsync("state", Grain, state);
            Assert.Equal(messageCount, await host.MessageCountAsync(connection));
            Assert.Equal(state.State.Bytes, (await host.ReadAsync(Grain)).State.Bytes);
        }

        await host.Storage.ClearStateAsync("state", Grain, state);
        Assert.Equal(1, await host.MessageCountAsync(connection));
    }

    [Fact]
    public async Task A_refused_write_leaves_no_chunk_and_the_stored_chunks_untouched()
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.ChunkBytes = 1024);
        await using var connection = nats.Connect();
        var content = ContentOf(5_000);
        _ = await host.WriteAsync(Grain, new TestState { Bytes = content });
        var messageCount = await host.MessageCountAsync(connection);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.WriteAsync(Grain, new TestState { Bytes = ContentOf(9_000) }));
        Assert.Equal(messageCount, await host.MessageCountAsync(connection));
        Assert.Equal(content, (await host.ReadAsync(Grain)).State.Bytes);
    }

    [Fact]
    public async Task State_above_the_limit_is_refused_before_anything_is_sent()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions(), options =>
        {
            options.ChunkBytes = 1024;
            options.StateBytesMax = 10_000;
        });
        await using var connection = nats.Connect();
        var refusal = await Assert.ThrowsAsync<JetStreamStorageException>(
            () => host.WriteAsync(Grain, new TestState { Bytes = ContentOf(10_001) }));
        Assert.Contains("at most 10000", refusal.Message);
        Assert.Equal(0, await host.MessageCountAsync(connection));
    }

    [Fact]
    public async Task A_reader_sees_one_whole_version_while_chunks_are_replaced()
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.ChunkBytes = 1024);
        var state = await host.WriteAsync(Grain, new TestState { Bytes = new byte[6_000] });
        var writing = Task.Run(async () =>
        {
            for (var round = 1; round <= 100; round++)
            {
                state.State.Bytes = Enumerable.Repeat((byte)round, 3_000 + (round * 40)).ToArray();
                await host.Storage.WriteStateAsync("state", Grain, state);
            }
        });
        var readCount = 0;
        while (!writing.IsCompleted || readCount == 0)
        {
            var bytes = (await host.ReadAsync(Grain)).State.Bytes;
            var round = bytes[0];
            Assert.Equal(round == 0 ? 6_000 : 3_000 + (round * 40), bytes.Length);
            Assert.All(bytes, value => Assert.Equal(round, value));
            readCount++;
        }

        await writing;
        Assert.Equal(100, (await host.ReadAsync(Grain)).State.Bytes[0]);
    }

    private static byte[] ContentOf(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }
}
