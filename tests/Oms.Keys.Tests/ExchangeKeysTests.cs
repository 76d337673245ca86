using System.Collections.Concurrent;
using Oms.Testing;
using static Oms.Keys.Tests.VaultDeployment;

namespace Oms.Keys.Tests;

/// <summary>Keys followed in Vault while somebody trades with them.</summary>
public sealed class ExchangeKeysTests
{
    private const string Main = "exchanges/binance_spot_main";
    private const string Sub = "exchanges/binance_spot_sub";

    [Fact]
    public async Task A_rotated_key_reaches_whoever_trades_and_is_proven_before_the_old_one_goes()
    {
        await using VaultDeployment deployment = await Started();
        using ExchangeKeys keys = await deployment.Open(Account("main"), Account("sub"));
        await using var watched = new Watched(keys, deployment);
        ExchangeKey old = keys.Of(Owner("main")).Current!;
        ExchangeKey other = keys.Of(Owner("sub")).Current!;

        deployment.Vault.Store.Put(Main, ("api_key", "rotated"), ("api_secret", "s2"));
        KeyRotation rotation = await watched.NextOffer();

        Assert.Equal((Owner("main"), old, "rotated"), (
            rotation.Owner, rotation.Old, rotation.Candidate.ApiKey));
        Assert.Equal(Signatures.Hmac("s1", "m"), Signatures.Of(old, "m"));
        Assert.True(rotation.Proven());
        Assert.Equal(rotation.Candidate, keys.Of(Owner("main")).Current);
        Assert.Equal(other, keys.Of(Owner("sub")).Current);
        _ = Assert.Throws<ObjectDisposedException>(() => Signatures.Of(old, "m"));
        Assert.Empty(watched.Statuses);
        Assert.Contains(deployment.Log.Lines, line => line.Contains(
            $"The exchange accepted {rotation.Candidate}; it signs from now on, not {old}"));
    }

    [Fact]
    public async Task A_key_that_the_exchange_revoked_is_looked_for_anew_at_once()
    {
        await using VaultDeployment deployment = await Started();
        using ExchangeKeys keys = await deployment.Open(Account("main"), Account("sub"));
        await using var watched = new Watched(keys, deployment, isClockRunning: false);
        deployment.Vault.Store.Put(Main, ("api_key", "rotated"), ("api_secret", "s2"));

        keys.Of(Owner("main")).Refused(keys.Of(Owner("main")).Current!, "-2015");

        Assert.Equal("rotated", (await watched.NextOffer()).Candidate.ApiKey);
    }

    [Fact]
    public async Task A_revoked_key_without_another_stops_its_account_and_no_other()
    {
        await using VaultDeployment deployment = await Started();
        using ExchangeKeys keys = await deployment.Open(Account("main"), Account("sub"));
        await using var watched = new Watched(keys, deployment);
        ExchangeKey revoked = keys.Of(Owner("main")).Current!;

        keys.Of(Owner("main")).Refused(revoked, "-2015 Invalid API-key, IP, or permissions for action.");

        Assert.Equal(
            new KeyStatus(
                Owner("main"), KeyStanding.Refused,
                $"the exchange refused {revoked}: -2015 Invalid API-key, IP, or permissions for action."),
            await watched.NextStatus());
        Assert.Equal(KeyStanding.Usable, keys.Of(Owner("sub")).Status.Standing);
        Assert.Empty(watched.Offers);
    }

    [Fact]
    public async Task What_happens_to_the_source_is_told_per_account_and_trading_goes_on()
    {
        await using VaultDeployment deployment = await Started();
        using ExchangeKeys keys = await deployment.Open(Account("main"), Account("sub"));
        await using var watched = new Watched(keys, deployment);

        deployment.Vault.Store.Delete(Sub);
        KeyStatus deleted = await watched.NextStatus();
        Assert.Equal((Owner("sub"), KeyStanding.Missing), (deleted.Owner, deleted.Standing));

        deployment.Vault.IsSealed = true;
        KeyStatus[] away = [await watched.NextStatus(), await watched.NextStatus()];
        Assert.All(away, status => Assert.Equal(KeyStanding.SourceUnavailable, status.Standing));
        Assert.Equal(Signatures.Hmac("s1", "m"), Signatures.Of(keys.Of(Owner("main")).Current!, "m"));
        Assert.Equal(Signatures.Hmac("s1", "m"), Signatures.Of(keys.Of(Owner("sub")).Current!, "m"));

        deployment.Vault.IsSealed = false;
        KeyStatus[] back = [await watched.NextStatus(), await watched.NextStatus()];
        Assert.Contains(deleted, back);
        Assert.Contains(new KeyStatus(Owner("main"), KeyStanding.Usable, ""), back);
        // Said once, however often it was tried.
        _ = Assert.Single(deployment.Log.Lines, line => line.Contains("Keys cannot be read"));
    }

    [Fact]
    public async Task What_a_listener_left_unanswered_is_offered_to_the_next()
    {
        await using VaultDeployment deployment = await Started();
        using ExchangeKeys keys = await deployment.Open(Account("main"), Account("sub"));
        KeyRotation unanswered;
        await using (var first = new Watched(keys, deployment))
        {
            deployment.Vault.Store.Put(Main, ("api_key", "rotated"), ("api_secret", "s2"));
            unanswered = await first.NextOffer();
        }

        await using var second = new Watched(keys, deployment);
        KeyRotation again = await second.NextOffer();

        Assert.Equal(unanswered.Candidate, again.Candidate);
        Assert.False(unanswered.Proven());
        Assert.True(again.Proven());
    }

    [Fact]
    public async Task An_account_without_a_key_does_not_keep_the_others_from_opening()
    {
        await using VaultDeployment deployment = await Started();

        using ExchangeKeys keys = await deployment.Open(Account("main"), Account("lost"));

        Assert.Equal("one", keys.Of(Owner("main")).Current?.ApiKey);
        Assert.Null(keys.Of(Owner("lost")).Current);
        Assert.Equal(KeyStanding.Missing, keys.Of(Owner("lost")).Status.Standing);
        Assert.StartsWith("binance/lost spot: Vault https://", keys.Of(Owner("lost")).Status.ToString());
        await using var watched = new Watched(keys, deployment);
        Assert.Equal(Owner("lost"), (await watched.NextStatus()).Owner);
    }

    private static async Task<VaultDeployment> Started()
    {
        VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(Main, ("api_key", "one"), ("api_secret", "s1"));
        deployment.Vault.Store.Put(Sub, ("api_key", "other"), ("api_secret", "s1"));
        return deployment;
    }

    /// <summary>Somebody who trades: remembers what it was told, while the clock runs.</summary>
    private sealed class Watched : IKeyListener, IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly VaultDeployment _deployment;
        private readonly bool _isClockRunning;
        private readonly Task _watch;

        public Watched(ExchangeKeys keys, VaultDeployment deployment, bool isClockRunning = true)
        {
            (_deployment, _isClockRunning) = (deployment, isClockRunning);
            _watch = keys.Watch(this, _stop.Token);
        }

        public ConcurrentQueue<KeyRotation> Offers { get; } = new();

        public ConcurrentQueue<KeyStatus> Statuses { get; } = new();

        public ValueTask Offered(KeyRotation rotation, CancellationToken cancellation)
        {
            Offers.Enqueue(rotation);
            return default;
        }

        public ValueTask StatusChanged(KeyStatus status, CancellationToken cancellation)
        {
            Statuses.Enqueue(status);
            return default;
        }

        public Task<KeyRotation> NextOffer() => Next(Offers);

        public Task<KeyStatus> NextStatus() => Next(Statuses);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _watch);
            _stop.Dispose();
        }

        private async Task<T> Next<T>(ConcurrentQueue<T> queue)
            where T : class
        {
            T? next = null;
            await Eventually.True(() =>
            {
                _deployment.Clock.Advance(_isClockRunning ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
                return queue.TryDequeue(out next);
            });
            return next ?? throw new InvalidOperationException("nothing was told");
        }
    }
}
