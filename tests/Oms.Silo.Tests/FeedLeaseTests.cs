using NATS.Client.Core;
using Oms.Silo.Feed;
using Oms.Silo.Hosting;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>Two silos never have the right to feed at once, whoever dies, and whoever takes it knows that it is later.
/// </summary>
public sealed class FeedLeaseTests(OmsNats nats) : IClassFixture<OmsNats>, IAsyncLifetime
{
    private const string Here = "host-a/data";
    private const string Elsewhere = "host-b/data";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly NatsConnection _first = nats.Connect();
    private readonly NatsConnection _second = nats.Connect();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Another_at_the_same_place_takes_it_at_once_and_the_one_before_hears_of_it()
    {
        await using FeedLease before = await TakeAsync(_first, "same", Here);
        Assert.True(before.IsHeld);
        before.ThrowIfLapsed();
        await using FeedLease after = await TakeAsync(_second, "same", Here);
        Assert.True(after.Token > before.Token);
        await Eventually.True(() => before.Lost.IsCancellationRequested, Deadline);
        _ = Assert.Throws<LeaseLapsedException>(before.ThrowIfLapsed);
        Assert.True(after.IsHeld);
    }

    [Fact]
    public async Task One_elsewhere_waits_for_as_long_as_it_is_renewed_and_takes_it_when_it_is_not()
    {
        var link = new TcpLink(nats.Port);
        await using NatsConnection cut = NatsLink.Create(link.Port, nats.Password);
        FeedLease before = await TakeAsync(cut, "elsewhere", Here);
        Task<FeedLease> waiting = TakeAsync(_second, "elsewhere", Elsewhere);
        _ = await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(FeedLease.Duration * 1.5));
        Assert.True(before.IsHeld);

        // Cut off, it knows by itself that it has the right no more, before anybody else can have it.
        await link.DisposeAsync();
        await using FeedLease after = await waiting.WaitAsync(Deadline);
        Assert.False(before.IsHeld);
        Assert.True(after.Token > before.Token);
        await before.DisposeAsync();
        Assert.True(after.IsHeld);
    }

    [Fact]
    public async Task What_is_given_back_is_free_at_once_for_anybody()
    {
        FeedLease before = await TakeAsync(_first, "given", Here);
        ulong token = before.Token;
        await before.DisposeAsync();
        await using FeedLease after = await TakeAsync(_second, "given", Elsewhere).WaitAsync(FeedLease.Duration);
        Assert.True(after.Token > token);
    }

    [Fact]
    public async Task A_server_that_was_away_for_a_while_takes_it_from_nobody()
    {
        await using FeedLease lease = await TakeAsync(_first, "outage", Here);
        await nats.Server.KillAsync();
        await Eventually.True(() => !lease.IsHeld, Deadline);
        await nats.Server.StartAgainAsync();
        await Eventually.True(() => lease.IsHeld, Deadline);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    private static Task<FeedLease> TakeAsync(NatsConnection connection, string key, string place) =>
        FeedLease.TakeAsync(connection, key, place, TimeProvider.System, CancellationToken.None);
}
