using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Silo.Feed;
using Oms.Silo.Streams;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>
/// Against a real nats-server: each event once and in order on its stream, whoever dies when.
/// </summary>
public sealed class AccountStreamsTests(OmsNats nats) : IClassFixture<OmsNats>, IAsyncLifetime
{
    private const string Stream = "events-binance-sub_spot_arb";

    private static readonly string[] Subjects = ["orders.binance.sub_spot_arb.>"];

    // So short that nothing in these tests can be right because of it.
    private static readonly StreamSettings Settings = new()
    {
        DuplicateWindow = TimeSpan.FromMilliseconds(100),
        AnswerTimeout = TimeSpan.FromSeconds(1),
        WindowMax = 64,
        AnswerForMax = 16,
    };

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
    public async Task A_stream_is_made_as_it_must_be()
    {
        _ = await ResumeAsync(NewStreams());
        StreamConfig config = (await new NatsJSContext(_connection).GetStreamAsync(Stream)).Info.Config;
        Assert.Equal(StreamConfigStorage.File, config.Storage);
        Assert.Equal(TimeSpan.FromDays(30), config.MaxAge);
        Assert.Equal(
            [
                "orders.binance.sub_spot_arb.>",
                "positions.binance.sub_spot_arb.>",
                "trades.binance.sub_spot_arb.>",
            ],
            config.Subjects?.Order());
    }

    [Fact]
    public async Task A_stream_with_other_settings_is_put_right()
    {
        _ = await new NatsJSContext(_connection).CreateStreamAsync(new StreamConfig(Stream, Subjects)
        {
            MaxAge = TimeSpan.FromDays(1),
        });
        _ = await ResumeAsync(NewStreams());
        StreamConfig config = (await new NatsJSContext(_connection).GetStreamAsync(Stream)).Info.Config;
        Assert.Equal(TimeSpan.FromDays(30), config.MaxAge);
        Assert.Equal(3, config.Subjects?.Count);
    }

    [Fact]
    public async Task A_stream_that_would_lose_events_is_refused()
    {
        _ = await new NatsJSContext(_connection).CreateStreamAsync(new StreamConfig(Stream, Subjects)
        {
            Storage = StreamConfigStorage.Memory,
        });
        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(() => ResumeAsync(NewStreams()));
        Assert.True(refusal is InvalidOperationException or NatsJSApiException, refusal.ToString());
    }

    [Fact]
    public async Task Each_event_is_one_message_on_its_subject()
    {
        AccountStreams streams = NewStreams();
        Assert.Equal(0, await ResumeAsync(streams));
        await streams.DeliverAsync(_story.Events(1, 1000), CancellationToken.None);
        Assert.Equal(999, streams.HeldOf(Deployment.Sub));

        List<StoredMessage> stored = await OmsNats.ReadAsync(_connection, Stream);
        Assert.Equal(Story.PublishedIds(1000), stored.Select(message => message.MessageId));
        Assert.Equal("orders.binance.sub_spot_arb.spot.BTCUSDT", stored[0].Subject);
        Assert.Equal("trades.binance.sub_spot_arb.spot.BTCUSDT", stored[1].Subject);
        Assert.Equal("positions.binance.sub_spot_arb.spot", stored[2].Subject);
        using var json = JsonDocument.Parse(stored[1].Payload);
        Assert.Equal("7002", json.RootElement.GetProperty("trade_id").GetString());
    }

    [Fact]
    public async Task What_was_published_long_before_is_not_published_again()
    {
        AccountStreams first = NewStreams();
        _ = await ResumeAsync(first);
        await first.DeliverAsync(_story.Events(1, 100), CancellationToken.None);
        await ForgetIdsAsync();

        AccountStreams second = NewStreams();
        Assert.Equal(99, await ResumeAsync(second));
        await second.DeliverAsync(_story.Events(1, 150), CancellationToken.None);
        Assert.Equal(Story.PublishedIds(150), await IdsAsync());
    }

    [Fact]
    public async Task A_publisher_that_died_in_the_middle_is_continued_exactly()
    {
        using var death = new CancellationTokenSource();
        AccountStreams first = NewStreams();
        _ = await ResumeAsync(first);
        Task delivery = DeliverAllAsync(first, 5000, death.Token);
        await Eventually.True(async () => (await IdsCountAsync()) > 300);
        await death.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
        await ForgetIdsAsync();

        AccountStreams second = NewStreams();
        long held = await ResumeAsync(second);
        Assert.InRange(held, 1, 4999);
        await DeliverAllAsync(second, 5000, CancellationToken.None);
        Assert.Equal(Story.PublishedIds(5000), await IdsAsync());
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_takes_nothing_and_doubles_nothing()
    {
        AccountStreams streams = NewStreams();
        _ = await ResumeAsync(streams);
        Task delivery = DeliverAllAsync(streams, 20_000, CancellationToken.None);
        await Eventually.True(() => streams.HeldOf(Deployment.Sub) > 500);
        await nats.Server.KillAsync();
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => delivery);
        bool isForeseen = failure is NatsException or OperationCanceledException or IOException;
        Assert.True(isForeseen, failure.ToString());
        await nats.Server.StartAgainAsync();

        await Eventually.True(() => _connection.ConnectionState == NatsConnectionState.Open);
        Assert.InRange(await ResumeAsync(streams), 500, 19_999);
        await DeliverAllAsync(streams, 20_000, CancellationToken.None);
        Assert.Equal(Story.PublishedIds(20_000), await IdsAsync());
    }

    [Fact]
    public async Task Two_publishers_of_one_account_do_not_mix()
    {
        AccountStreams first = NewStreams();
        AccountStreams second = NewStreams();
        _ = await ResumeAsync(first);
        _ = await ResumeAsync(second);
        await first.DeliverAsync(_story.Events(1, 10), CancellationToken.None);
        await ForgetIdsAsync();
        _ = await Assert.ThrowsAsync<PublishRefusedException>(
            () => second.DeliverAsync(_story.Events(1, 10), CancellationToken.None));
        Assert.Equal(9, await ResumeAsync(second));
        await second.DeliverAsync(_story.Events(1, 20), CancellationToken.None);
        Assert.Equal(Story.PublishedIds(20), await IdsAsync());
    }

    [Fact]
    public async Task A_server_that_takes_nothing_more_says_why_when_it_is_asked_again()
    {
        AccountStreams first = NewStreams();
        _ = await ResumeAsync(first);
        await first.DeliverAsync(_story.Events(1, 1), CancellationToken.None);
        AccountStreams second = NewStreams();
        Assert.Equal(1, await ResumeAsync(second));
        var jetStream = new NatsJSContext(_connection);
        StreamConfig config = (await jetStream.GetStreamAsync(Stream)).Info.Config;
        _ = await jetStream.UpdateStreamAsync(config with { MaxMsgs = 1, Discard = StreamConfigDiscard.New });

        // Only the last of many is answered: it lacks those before it.
        _ = await Assert.ThrowsAsync<PublishRefusedException>(
            () => first.DeliverAsync(_story.Events(2, 15), CancellationToken.None));
        PublishRefusedException refusal = await Assert.ThrowsAsync<PublishRefusedException>(
            () => second.DeliverAsync(_story.Events(2, 15), CancellationToken.None));
        Assert.Contains("maximum messages exceeded", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await IdsCountAsync());
    }

    [Fact]
    public async Task A_stream_whose_messages_expired_goes_on_at_the_checkpoint()
    {
        AccountStreams first = NewStreams();
        _ = await ResumeAsync(first);
        await first.DeliverAsync(_story.Events(1, 10), CancellationToken.None);
        INatsJSStream stream = await new NatsJSContext(_connection).GetStreamAsync(Stream);
        _ = await stream.PurgeAsync(new StreamPurgeRequest());

        AccountStreams second = NewStreams();
        Assert.Equal(9, await second.ResumeAsync(Deployment.Sub, 9, CancellationToken.None));
        await second.DeliverAsync(_story.Events(1, 12), CancellationToken.None);
        Assert.Equal(["binance/sub_spot_arb:11", "binance/sub_spot_arb:12"], await IdsAsync());
    }

    [Fact]
    public async Task A_message_of_somebody_else_does_not_hide_the_last_event()
    {
        AccountStreams first = NewStreams();
        _ = await ResumeAsync(first);
        await first.DeliverAsync(_story.Events(1, 7), CancellationToken.None);
        _ = await new NatsJSContext(_connection).PublishAsync("orders.binance.sub_spot_arb.note", "a note");

        AccountStreams second = NewStreams();
        Assert.Equal(7, await ResumeAsync(second));
        await second.DeliverAsync(_story.Events(1, 11), CancellationToken.None);
        Assert.Equal(Story.PublishedIds(11), (await IdsAsync()).Where(id => id.Length > 0));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _story.Dispose();
    }

    private static Task<long> ResumeAsync(AccountStreams streams) =>
        streams.ResumeAsync(Deployment.Sub, 0, CancellationToken.None);

    private AccountStreams NewStreams() => new(new NatsJSContext(_connection), Settings, _story.Names);

    private async Task DeliverAllAsync(AccountStreams streams, int last, CancellationToken cancellation)
    {
        for (int from = 1; from <= last; from += 500)
        {
            AccountEvents[] batch = _story.Events(from, Math.Min(last, from + 499));
            await streams.DeliverAsync(batch, cancellation);
        }
    }

    /// <summary>
    /// Waits until the server has forgotten the ids of what it stored: twice the window it was given.
    /// </summary>
    private async Task ForgetIdsAsync()
    {
        var jetStream = new NatsJSContext(_connection);
        var probe = new NatsJSPubOpts { MsgId = "probe" };
        var config = new StreamConfig("probe", ["probe"]) { DuplicateWindow = Settings.DuplicateWindow };
        _ = await jetStream.CreateOrUpdateStreamAsync(config);
        _ = await jetStream.PublishAsync("probe", "", opts: probe);
        await Eventually.True(
            async () => !(await jetStream.PublishAsync("probe", "", opts: probe)).Duplicate);
        _ = await jetStream.DeleteStreamAsync("probe");
    }

    private async Task<IEnumerable<string>> IdsAsync() =>
        (await OmsNats.ReadAsync(_connection, Stream)).Select(message => message.MessageId);

    private async Task<long> IdsCountAsync() =>
        (await new NatsJSContext(_connection).GetStreamAsync(Stream)).Info.State.Messages;
}
