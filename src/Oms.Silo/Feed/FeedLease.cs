using System.Security.Cryptography;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using Oms.SharedMemory.Regions;

namespace Oms.Silo.Feed;

/// <summary>
/// The right to feed a FastPath's events, as an entry of JetStream key-value that its holder renews. Each change of it
/// is a compare-and-swap on the revision before: two never hold it, and the revision at which it was taken only grows.
/// Where the kernel's lock on FastPath's ring is held, a holder at the same place is gone, and the right is taken at
/// once; from a holder at another place only after it was not renewed for its whole time.
/// </summary>
internal sealed class FeedLease : IAsyncDisposable
{
    public const string Bucket = "leases";

    /// <summary>Of the one FastPath that a deployment has.</summary>
    public const string Key = "feed.fastpath-0";

    /// <summary>Linux's name of this host from its start to its stop.</summary>
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>For so long the right is one's own after it was renewed, and another must wait.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RenewInterval = Duration / 5;

    private readonly INatsKVStore _store;
    private readonly string _key;
    private readonly string _holder;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;
    private ulong _revision;
    private long _renewedTimestamp;

    private FeedLease(
        INatsKVStore store, string key, string holder, ulong revision, long takenTimestamp, TimeProvider time)
    {
        (_store, _key, _holder, _time) = (store, key, holder, time);
        Token = revision;
        _revision = revision;
        _renewedTimestamp = takenTimestamp;
        _renewing = RenewAsync(_stop.Token);
    }

    /// <summary>The fencing token: whoever took the right later has a greater one.</summary>
    public ulong Token { get; }

    /// <summary>Canceled when another has taken the right.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether nobody else can have the right now.</summary>
    public bool IsHeld => !_lost.IsCancellationRequested
        && _time.GetElapsedTime(Volatile.Read(ref _renewedTimestamp)) < Duration;

    /// <summary>Waits until the right to feed the events of a region's FastPath is this one's.</summary>
    public static Task<FeedLease> TakeAsync(
        INatsConnection nats, SharedRegion region, TimeProvider time, CancellationToken cancellation) =>
        TakeAsync(nats, Key, $"{File.ReadAllText(BootIdFile).Trim()}:{region.Path}", time, cancellation);

    /// <summary>Waits until the right is this one's.</summary>
    /// <param name="key">Of the FastPath whose events they are.</param>
    /// <param name="place">
    /// Where this one's lock of the kernel is: a holder at the same place cannot be alive beside it.
    /// </param>
    public static async Task<FeedLease> TakeAsync(
        INatsConnection nats, string key, string place, TimeProvider time, CancellationToken cancellation)
    {
        INatsKVStore store = await OpenAsync(nats, cancellation);
        string holder = $"{place} {RandomNumberGenerator.GetHexString(16)}";
        (ulong Revision, long Timestamp) seen = default;
        using var looks = new PeriodicTimer(RenewInterval, time);
        while (true)
        {
            long now = time.GetTimestamp();
            NatsKVEntry<string>? held = await ReadAsync(store, key, cancellation);
            ulong revision = held?.Revision ?? 0;
            seen = revision == seen.Revision ? seen : (revision, now);
            bool isFree = held is null || held.Value.Value?.StartsWith($"{place} ", StringComparison.Ordinal) == true
                || time.GetElapsedTime(seen.Timestamp, now) >= Duration;
            if (isFree && await TrySwapAsync(store, key, holder, held, cancellation) is { } taken)
            {
                return new(store, key, holder, taken, now, time);
            }

            _ = await looks.WaitForNextTickAsync(cancellation);
        }
    }

    /// <exception cref="LeaseLapsedException">Another may have the right.</exception>
    public void ThrowIfLapsed()
    {
        if (!IsHeld)
        {
            throw new LeaseLapsedException(_key);
        }
    }

    /// <exception cref="LeaseLapsedException">Another has taken the right.</exception>
    public void ThrowIfLost()
    {
        if (_lost.IsCancellationRequested)
        {
            throw new LeaseLapsedException(_key);
        }
    }

    /// <summary>Gives the right back, so that the next need not wait for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        if (IsHeld)
        {
            using var limit = new CancellationTokenSource(RenewInterval, _time);
            try
            {
                await _store.DeleteAsync(_key, new() { Revision = _revision }, limit.Token);
            }
            catch (Exception failure) when (failure is NatsException or OperationCanceledException)
            {
                // It ends by itself.
            }
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private static async Task<INatsKVStore> OpenAsync(INatsConnection nats, CancellationToken cancellation)
    {
        var context = new NatsKVContext(new NatsJSContext(nats));
        return await context.CreateStoreAsync(
            new NatsKVConfig(Bucket) { History = 1, Storage = NatsKVStorageType.File }, cancellation);
    }

    private static async Task<NatsKVEntry<string>?> ReadAsync(
        INatsKVStore store, string key, CancellationToken cancellation)
    {
        try
        {
            return await store.GetEntryAsync<string>(key, cancellationToken: cancellation);
        }
        catch (NatsKVKeyNotFoundException)
        {
            return null;
        }
        catch (NatsKVKeyDeletedException)
        {
            return null;
        }
    }

    /// <summary>The new revision; null where another was first.</summary>
    private static async Task<ulong?> TrySwapAsync(
        INatsKVStore store, string key, string holder, NatsKVEntry<string>? held, CancellationToken cancellation)
    {
        try
        {
            return held is { } entry
                ? await store.UpdateAsync(key, holder, entry.Revision, cancellationToken: cancellation)
                : await store.CreateAsync(key, holder, cancellationToken: cancellation);
        }
        catch (Exception failure) when (failure is NatsKVWrongLastRevisionException or NatsKVCreateException)
        {
            return null;
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(RenewInterval, _time);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                _ = await timer.WaitForNextTickAsync(cancellation);
                if (!await TryRenewAsync(cancellation))
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
            catch (Exception failure) when (failure is NatsException or OperationCanceledException)
            {
                // Not renewed: it lapses, unless the server answers again before.
            }
        }
    }

    /// <summary>False when another has it.</summary>
    private async Task<bool> TryRenewAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(RenewInterval);
        long now = _time.GetTimestamp();
        try
        {
            _revision = await _store.UpdateAsync(_key, _holder, _revision, cancellationToken: limit.Token);
        }
        catch (NatsKVWrongLastRevisionException)
        {
            // An answer that was lost: the entry is newer, and one's own.
            if (await ReadAsync(_store, _key, limit.Token) is not { } entry || entry.Value != _holder)
            {
                return false;
            }

            _revision = entry.Revision;
        }

        Volatile.Write(ref _renewedTimestamp, now);
        return true;
    }
}
