using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;

namespace Orleans.JetStream.Tests.Storage;

public sealed class GrainKeyTests(SharedNatsServer nats)
{
    private static readonly string[] Hostile =
    [
        "a", "A", "a b", " a", "a.b", "a..b", ".a", "a.", "a/b", "a\\b", "*", ">", "a.*", "a.>", "$KV",
        "$JS.API", "=", "=YQ", "==YQ", "a=b", "a+b", "a#b", "a\tb", "a\r\nb", "a\0b", "é", "e\u0301", "日本",
        "👩‍👩‍👧", "%20", "-", "_",
        new('k', 900), new('k', 901), new string('k', 8000) + ".", new string('é', 8000),
    ];

    [Fact]
    public async Task Every_grain_key_is_a_record_of_its_own()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        foreach (var key in Hostile)
        {
            _ = await host.WriteAsync(GrainId.Create("tester", key), new TestState { Text = key });
        }

        foreach (var key in Hostile)
        {
            Assert.Equal(key, (await host.ReadAsync(GrainId.Create("tester", key))).State.Text);
        }
    }

    [Fact]
    public async Task Every_state_name_is_a_record_of_its_own()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var grain = GrainId.Create("tester", "one");
        foreach (var name in Hostile)
        {
            _ = await host.WriteAsync(grain, new TestState { Text = name }, name);
        }

        foreach (var name in Hostile)
        {
            Assert.Equal(name, (await host.ReadAsync(grain, name)).State.Text);
        }
    }

    [Fact]
    public async Task Parts_of_a_key_do_not_run_into_one_another()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        _ = await host.WriteAsync(GrainId.Create("a", "b.c"), new TestState { Text = "1" }, "d");
        _ = await host.WriteAsync(GrainId.Create("a.b", "c"), new TestState { Text = "2" }, "d");
        _ = await host.WriteAsync(GrainId.Create("a", "b"), new TestState { Text = "3" }, "c.d");
        Assert.Equal("1", (await host.ReadAsync(GrainId.Create("a", "b.c"), "d")).State.Text);
        Assert.Equal("2", (await host.ReadAsync(GrainId.Create("a.b", "c"), "d")).State.Text);
        Assert.Equal("3", (await host.ReadAsync(GrainId.Create("a", "b"), "c.d")).State.Text);
    }

    [Fact]
    public async Task Services_that_share_a_bucket_share_no_record()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var first = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.Bucket = bucket, "first/service");
        await using var second = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.Bucket = bucket, "second service");
        var grain = GrainId.Create("tester", "one");
        _ = await first.WriteAsync(grain, new TestState { Text = "first" });
        Assert.False((await second.ReadAsync(grain)).RecordExists);
    }

    [Fact]
    public async Task The_bucket_is_a_key_value_bucket_to_every_client()
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.DeleteStateOnClear = true);
        var kept = await host.WriteAsync(GrainId.Create("tester", "kept"), new TestState());
        var gone = await host.WriteAsync(GrainId.Create("tester", "gone"), new TestState());
        await host.Storage.ClearStateAsync("state", GrainId.Create("tester", "gone"), gone);

        await using var connection = nats.Connect();
        var store = await new NatsKVContext(new NatsJSContext(connection)).GetStoreAsync(host.Bucket);
        var entry = await store.GetEntryAsync<NatsMemoryOwner<byte>>("service.tester.kept.state");
        Assert.Equal(kept.ETag, entry.Revision.ToString());
        await Assert.ThrowsAsync<NatsKVKeyDeletedException>(
            async () => await store.GetEntryAsync<NatsMemoryOwner<byte>>("service.tester.gone.state"));
    }
}
