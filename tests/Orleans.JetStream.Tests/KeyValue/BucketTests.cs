using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Testing;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Tests.KeyValue;

public sealed class BucketTests(SharedNatsServer nats)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    /// <summary>Long enough that nothing is repeated but what was lost.</summary>
    private static readonly TimeSpan AttemptBound = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_writer_that_repeats_its_commit_is_told_the_first_revision_and_a_rival_of_a_conflict()
    {
        await using var connection = nats.Connect();
        var bucket = await OpenAsync(connection, SharedNatsServer.NewBucket());
        var writer = bucket.NextWriter();
        Assert.Equal(1UL, await CommitAsync(bucket, 0, writer));
        Assert.Equal(1UL, await CommitAsync(bucket, 0, writer));
        Assert.Null(await CommitAsync(bucket, 0, bucket.NextWriter()));
        Assert.Equal(2UL, await CommitAsync(bucket, 1, bucket.NextWriter()));
        Assert.Null(await CommitAsync(bucket, 0, writer));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_stored_once_and_answered_after_the_reconnect()
    {
        await using var link = new TcpLink(nats.Server.Port);
        await using var throughLink = new NatsConnection(nats.Server.ToOptions(link.Port));
        await using var direct = nats.Connect();
        var name = SharedNatsServer.NewBucket();
        var bucket = await OpenAsync(throughLink, name);
        link.LoseReplies();
        var commit = CommitAsync(bucket, 0, bucket.NextWriter());
        var context = new NatsJSContext(direct);
        await Eventually.True(
            async () => (await context.GetStreamAsync($"KV_{name}")).Info.State.LastSeq == 1);
        Assert.False(commit.IsCompleted);
        link.Cut();
        Assert.Equal(1UL, await commit);
        Assert.Equal(1UL, (await context.GetStreamAsync($"KV_{name}")).Info.State.LastSeq);
    }

    [Fact]
    public async Task A_lost_answer_is_a_conflict_where_a_rival_has_written_since()
    {
        await using var link = new TcpLink(nats.Server.Port);
        await using var throughLink = new NatsConnection(nats.Server.ToOptions(link.Port));
        await using var direct = nats.Connect();
        var name = SharedNatsServer.NewBucket();
        var bucket = await OpenAsync(throughLink, name);
        var rival = await OpenAsync(direct, name);
        link.LoseReplies();
        var commit = CommitAsync(bucket, 0, bucket.NextWriter());
        await Eventually.True(async () => await CommitAsync(rival, 1, rival.NextWriter()) == 2);
        link.Cut();
        Assert.Null(await commit);
    }

    [Fact]
    public async Task Purging_below_the_first_revision_purges_nothing()
    {
        await using var connection = nats.Connect();
        var bucket = await OpenAsync(connection, SharedNatsServer.NewBucket());
        using var deadline = NewDeadline();
        _ = await bucket.PutAsync("a.1", "1", new byte[] { 1 }, [], deadline);
        _ = await bucket.PutAsync("a.2", "2", new byte[] { 2 }, [], deadline);
        await bucket.PurgeAsync("a.>", belowRevision: 1, deadline);
        Assert.NotNull(await bucket.GetAsync("a.1", deadline));
        await bucket.PurgeAsync("a.>", belowRevision: 2, deadline);
        Assert.Null(await bucket.GetAsync("a.1", deadline));
        Assert.NotNull(await bucket.GetAsync("a.2", deadline));
        await bucket.PurgeAsync("a.>", belowRevision: null, deadline);
        Assert.Null(await bucket.GetAsync("a.2", deadline));
    }

    [Fact]
    public async Task A_stream_that_would_lose_entries_is_refused_with_all_reasons()
    {
        await using var connection = nats.Connect();
        var name = SharedNatsServer.NewBucket();
        var context = new NatsJSContext(connection);
        _ = await context.CreateStreamAsync(new StreamConfig($"KV_{name}", [$"$KV.{name}.>"])
        {
            Storage = StreamConfigStorage.Memory,
            MaxAge = TimeSpan.FromHours(1),
            Discard = StreamConfigDiscard.Old,
            DuplicateWindow = TimeSpan.FromSeconds(1),
        });
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(connection, name));
        Assert.Contains("expire after 01:00:00", refusal.Message);
        Assert.Contains("discards old entries", refusal.Message);
        Assert.Contains("keeps entries in Memory", refusal.Message);
        Assert.Contains("duplicate window is 00:00:01, not 00:02:00", refusal.Message);
        Assert.Contains("denies roll-ups", refusal.Message);
    }

    private static async Task<Bucket> OpenAsync(NatsConnection connection, string name)
    {
        using var deadline = NewDeadline();
        var settings = new BucketSettings
        {
            Name = name,
            Replicas = 1,
            DuplicateWindow = TimeSpan.FromMinutes(2),
        };
        var attempts = new BoundedAttempts(AttemptBound, TimeProvider.System, () => { });
        var bucket = await Bucket.OpenAsync(
            connection, settings, attempts, NullLogger.Instance, deadline);
        return bucket ?? throw new InvalidOperationException("A missing bucket was not made.");
    }

    private static async Task<ulong?> CommitAsync(Bucket bucket, ulong expected, string writer)
    {
        using var deadline = NewDeadline();
        return await bucket.CommitAsync("key", expected, writer, new byte[] { 1 }, [], deadline);
    }

    private static OperationDeadline NewDeadline() => new(Bound, TimeProvider.System, CancellationToken.None);
}
