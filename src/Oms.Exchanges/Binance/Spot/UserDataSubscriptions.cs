using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// The subscriptions of one connection: asks for those that are wanted, and watches that the connection
/// speaks. A connection that says nothing is pinged by a request; one that does not even answer that is given
/// up.
/// </summary>
internal sealed class UserDataSubscriptions
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan RefusedDelay = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    private const long PingRequestId = 0;

    private readonly ImmutableArray<UserDataSubscription> _all;
    private readonly ConcurrentDictionary<int, UserDataSubscription> _up = new();
    private readonly int _recvWindowMs;
    private readonly ExchangeClock _clock;
    private readonly TimeProvider _time;
    private long _received;
    private long _pinged;

    public UserDataSubscriptions(
        ImmutableArray<AccountCredentials> accounts, int recvWindowMs, ExchangeClock clock, TimeProvider time)
    {
        _all = [.. accounts.Select((account, index) => new UserDataSubscription(account, index + 1))];
        (_recvWindowMs, _clock, _time) = (recvWindowMs, clock, time);
        NoteReceived();
    }

    public IEnumerable<UserDataSubscription> Up => _up.Values;

    public void NoteReceived() => Volatile.Write(ref _received, _time.GetTimestamp());

    public UserDataSubscription? Find(int subscriptionId) => _up.GetValueOrDefault(subscriptionId);

    public UserDataSubscription? FindAsked(long requestId) =>
        requestId > 0 && requestId <= _all.Length
        && _all[(int)requestId - 1] is { State: UserDataSubscriptionState.Asked } asked
            ? asked
            : null;

    public void GoUp(UserDataSubscription subscription, int id)
    {
        subscription.GoUp(id);
        _up[id] = subscription;
    }

    public void WantAgain(UserDataSubscription subscription, TimeSpan delay)
    {
        _ = _up.TryRemove(subscription.Id, out _);
        long notBefore = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        subscription.WantAgain(notBefore);
    }

    /// <summary>All that is ever sent on the connection is sent here.</summary>
    /// <exception cref="TimeoutException">The connection is silent.</exception>
    public async Task Keep(TextSocket socket, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Tick, _time);
        do
        {
            await Subscribe(socket, cancellation);
            await WatchSilence(socket, cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task Subscribe(TextSocket socket, CancellationToken cancellation)
    {
        long now = _time.GetTimestamp();
        foreach (UserDataSubscription subscription in _all)
        {
            switch (subscription.State)
            {
                case UserDataSubscriptionState.Wanted when now >= subscription.Timestamp:
                    subscription.Ask(now);
                    await socket.Send(SubscribeRequest(subscription), cancellation);
                    break;
                case UserDataSubscriptionState.Asked
                    when _time.GetElapsedTime(subscription.Timestamp, now) > AnswerTimeout:
                    throw new TimeoutException($"{subscription.Account.Name}: no answer to the subscription");
                default:
                    break;
            }
        }
    }

    private async Task WatchSilence(TextSocket socket, CancellationToken cancellation)
    {
        TimeSpan silence = _time.GetElapsedTime(Volatile.Read(ref _received));
        if (silence > SilenceMax)
        {
            throw new TimeoutException($"nothing received for {SilenceMax.TotalSeconds:0} s");
        }

        if (silence > PingAfter && _time.GetElapsedTime(_pinged) > PingAfter)
        {
            _pinged = _time.GetTimestamp();
            await socket.Send(new RequestParameters().ToFrame(PingRequestId, "ping"), cancellation);
        }
    }

    private byte[] SubscribeRequest(UserDataSubscription subscription) =>
        subscription.Account.Sign(key => OrderChannel.SignedFrame(
            new(), key, subscription.RequestId, "userDataStream.subscribe.signature", _recvWindowMs,
            _clock.TimestampMs()));
}
