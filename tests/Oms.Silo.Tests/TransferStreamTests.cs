using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Silo.Streams;

namespace Oms.Silo.Tests;

/// <summary>Against a real nats-server: each step once and in order, in the one stream of transfers.</summary>
public sealed class TransferStreamTests(OmsNats nats) : IClassFixture<OmsNats>, IAsyncLifetime
{
    // So short that nothing in these tests can be right because of it.
    private static readonly StreamSettings Settings = new() { DuplicateWindow = TimeSpan.FromMilliseconds(100) };

    private readonly Story _story = new();
    private readonly NatsConnection _connection = nats.Connect();

    public async ValueTask InitializeAsync()
    {
        var jetStream = new NatsJSContext(_connection);
        await foreach (string name in jetStream.ListStreamNamesAsync())
        {
            _ = await jetStream.DeleteStreamAsync(name);
        }
    }

    [Fact]
    public async Task Each_step_is_one_message_whoever_dies()
    {
        Assert.Equal(0, await FeedAsync(1, 20, checkpointed: 0));
        // It died before the checkpoint was written: the stream knows better.
        Assert.Equal(20, await FeedAsync(11, 40, checkpointed: 10));
        Assert.Equal(40, await FeedAsync(31, 40, checkpointed: 0));

        List<StoredMessage> stored = await OmsNats.ReadAsync(_connection, TransferStream.StreamName);
        Assert.Equal(
            Enumerable.Range(1, 40).Select(sequence => $"binance/main:{sequence}"),
            stored.Select(message => message.MessageId));
        Assert.All(
            stored, message => Assert.Equal("transfers.binance-main.binance-sub_spot_arb", message.Subject));
        Assert.Contains("\"step\":\"debited\"", stored[0].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_transfers_is_where_the_checkpoint_says()
    {
        _ = await FeedAsync(1, 3, checkpointed: 0);
        var stream = new TransferStream(new NatsJSContext(_connection), Settings, _story.Names);
        Assert.Equal(7, await stream.ResumeAsync(Deployment.Sub, 7, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        _story.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task<long> FeedAsync(int first, int last, long checkpointed)
    {
        var stream = new TransferStream(new NatsJSContext(_connection), Settings, _story.Names);
        long held = await stream.ResumeAsync(Deployment.Main, checkpointed, CancellationToken.None);
        await stream.DeliverAsync(TransferStory.Steps(first, last), CancellationToken.None);
        return held;
    }
}
