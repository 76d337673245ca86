using Orleans.Storage;

namespace Orleans.JetStream.Tests.Storage;

/// <summary>
/// What Orleans asks of every grain storage, whether clearing deletes a record or keeps it.
/// </summary>
public sealed class GrainStorageTests(SharedNatsServer nats)
{
    private static readonly GrainId Grain = GrainId.Create("tester", "one");

    [Fact]
    public async Task A_record_that_never_was_reads_as_new_state_over_stale_content()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var state = new HeldState(new TestState { Text = "stale" }, "99") { RecordExists = true };
        await host.Storage.ReadStateAsync("state", Grain, state);
        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal("new", state.State.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("съешь ещё этих мягких французских булок")]
    [InlineData("🦀 \0 \r\n \"quoted\"")]
    public async Task What_is_written_is_read(string text)
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var written = await host.WriteAsync(Grain, new TestState { Text = text, Number = int.MinValue });
        Assert.True(written.RecordExists);
        var read = await host.ReadAsync(Grain);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(text, read.State.Text);
        Assert.Equal(int.MinValue, read.State.Number);
    }

    [Fact]
    public async Task Each_write_changes_the_etag_also_of_equal_content()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var state = await host.WriteAsync(Grain, new TestState());
        var first = state.ETag;
        await host.Storage.WriteStateAsync("state", Grain, state);
        Assert.NotEqual(first, state.ETag);
    }

    [Fact]
    public async Task A_write_without_etag_over_a_record_is_refused_and_changes_nothing()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var stored = await host.WriteAsync(Grain, new TestState { Text = "stored" });
        var rival = new HeldState(new TestState { Text = "rival" });
        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("state", Grain, rival));
        Assert.Equal(stored.ETag, conflict.StoredEtag);
        Assert.Equal("rival", rival.State.Text);
        Assert.Null(rival.ETag);
        Assert.False(rival.RecordExists);
        Assert.Equal("stored", (await host.ReadAsync(Grain)).State.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stale_etag_neither_writes_nor_clears(bool deleteOnClear)
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.DeleteStateOnClear = deleteOnClear);
        var state = await host.WriteAsync(Grain, new TestState { Text = "first" });
        var stale = new HeldState(new TestState { Text = "stale" }, state.ETag) { RecordExists = true };
        state.State = new TestState { Text = "second" };
        await host.Storage.WriteStateAsync("state", Grain, state);

        var write = await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("state", Grain, stale));
        var clear = await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.ClearStateAsync("state", Grain, stale));
        Assert.Equal(state.ETag, write.StoredEtag);
        Assert.Equal(stale.ETag, clear.CurrentEtag);
        Assert.Equal("stale", stale.State.Text);
        var read = await host.ReadAsync(Grain);
        Assert.Equal("second", read.State.Text);
        Assert.Equal(state.ETag, read.ETag);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cleared_record_is_gone_and_can_be_written_with_the_cleared_etag(bool deleteOnClear)
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.DeleteStateOnClear = deleteOnClear);
        var state = await host.WriteAsync(Grain, new TestState { Text = "first" });
        var written = state.ETag;
        await host.Storage.ClearStateAsync("state", Grain, state);
        Assert.False(state.RecordExists);
        Assert.Equal("new", state.State.Text);
        Assert.NotEqual(written, state.ETag);
        Assert.Equal(deleteOnClear, state.ETag is null);

        var read = await host.ReadAsync(Grain);
        Assert.False(read.RecordExists);
        Assert.Equal(state.ETag, read.ETag);
        Assert.Equal("new", read.State.Text);

        state.State.Text = "second";
        await host.Storage.WriteStateAsync("state", Grain, state);
        Assert.Equal("second", (await host.ReadAsync(Grain)).State.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_can_be_cleared_before_any_write_and_twice(bool deleteOnClear)
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.DeleteStateOnClear = deleteOnClear);
        var state = new HeldState(new TestState { Text = "never written" });
        await host.Storage.ClearStateAsync("state", Grain, state);
        await host.Storage.ClearStateAsync("state", Grain, state);
        Assert.False(state.RecordExists);
        Assert.Equal("new", state.State.Text);
        await host.Storage.WriteStateAsync("state", Grain, state);
        await host.Storage.ClearStateAsync("state", Grain, state);
        await host.Storage.ClearStateAsync("state", Grain, state);
        Assert.False((await host.ReadAsync(Grain)).RecordExists);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_etag_of_a_deleted_record_is_never_good_again(bool deleteOnClear)
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.DeleteStateOnClear = deleteOnClear);
        var state = await host.WriteAsync(Grain, new TestState());
        var old = new HeldState(new TestState(), state.ETag);
        await host.Storage.ClearStateAsync("state", Grain, state);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("state", Grain, old));
        await host.Storage.WriteStateAsync("state", Grain, state);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("state", Grain, old));
    }

    [Fact]
    public async Task A_clear_without_etag_does_not_delete_a_record_of_another()
    {
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.DeleteStateOnClear = true);
        _ = await host.WriteAsync(Grain, new TestState { Text = "stored" });
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.ClearStateAsync("state", Grain, new HeldState()));
        Assert.Equal("stored", (await host.ReadAsync(Grain)).State.Text);
    }

    [Fact]
    public async Task An_etag_of_another_storage_is_refused()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        var foreign = new HeldState(new TestState(), "W/\"datetime'2026'\"");
        var refusal = await Assert.ThrowsAsync<JetStreamStorageException>(
            () => host.Storage.WriteStateAsync("state", Grain, foreign));
        Assert.Contains("not an ETag of this storage", refusal.Message);
    }

    [Fact]
    public async Task A_hundred_grains_write_and_read_at_once()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            var grain = GrainId.Create(
                GrainType.Create("tester"), GrainIdKeyExtensions.CreateIntegerKey(number));
            _ = await host.WriteAsync(grain, new TestState { Number = number });
            Assert.Equal(number, (await host.ReadAsync(grain)).State.Number);
        }));
    }

    [Fact]
    public async Task Content_that_cannot_be_read_is_a_failure_of_the_storage_that_names_the_record()
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions());
        _ = await host.WriteAsync(Grain, new TestState());
        var other = new GrainState<string>();
        var failure = await Assert.ThrowsAsync<JetStreamStorageException>(
            () => host.Storage.ReadStateAsync("state", Grain, other));
        Assert.Contains("tester/one", failure.Message);
        Assert.Contains("'state'", failure.Message);
        Assert.Contains("service.tester.one.state", failure.Message);
        Assert.Contains(host.Bucket, failure.Message);
    }
}
