using NATS.Client.Core;
using Oms.SharedMemory.Health;
using Oms.Silo.Feed;

namespace Oms.Silo.Hosting;

/// <summary>Tells everybody how the silo is, several times a second, until it is disposed.</summary>
internal sealed class SiloHealth : IAsyncDisposable
{
    /// <summary>A feed that is further behind is not called ready.</summary>
    public const long LagEventsMax = 10_000;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(200);

    private readonly HealthFile _file;
    private readonly NatsConnection _nats;
    private readonly FeedState _feed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beats;
    private volatile LiveEvents? _live;
    private (ProcessState State, string Detail) _said;
    private bool _isDisposed;

    private SiloHealth(HealthFile file, NatsConnection nats, FeedState feed)
    {
        _file = file;
        _nats = nats;
        _feed = feed;
        _beats = BeatAsync(_stop.Token);
    }

    public static SiloHealth Start(HealthFile file, NatsConnection nats, FeedState feed) =>
        new(file, nats, feed);

    /// <summary>
    /// From now on FastPath is watched too. Dispose what is returned before the rings: a beat must not
    /// look at memory that is gone.
    /// </summary>
    public IAsyncDisposable Watch(LiveEvents live)
    {
        _live = live;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        await _beats;
        _stop.Dispose();
        _file.Say(ProcessState.Stopping, "");
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (_live is { } live)
            {
                _feed.Show(live.LastLogSequence);
            }

            var (state, detail) = Describe();
            if ((state, detail) == _said)
            {
                _file.Beat();
            }
            else
            {
                _file.Say(state, detail);
                _said = (state, detail);
            }

            await Task.Delay(BeatInterval, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private (ProcessState State, string Detail) Describe()
    {
        if (_feed.IsStandingBy)
        {
            return _nats.ConnectionState == NatsConnectionState.Open
                ? (ProcessState.Ready, "standing by: another silo feeds")
                : (ProcessState.Degraded, "standing by: nats unreachable");
        }

        if (_live is not { } live || _feed.WaitingFor.Length > 0)
        {
            return (ProcessState.Starting, $"waiting for {_feed.WaitingFor}");
        }

        long last = Math.Max(live.LastLogSequence, _feed.LastReadLogSequence);
        long lag = Math.Max(0, last - _feed.LastDeliveredLogSequence);
        string behind = $"{lag} events behind";
        if (_nats.ConnectionState != NatsConnectionState.Open)
        {
            return (ProcessState.Degraded, $"{behind}: nats unreachable");
        }

        if (_feed.Failure.Length > 0)
        {
            return (ProcessState.Degraded, $"{behind}: {_feed.Failure}");
        }

        if (!_feed.IsLive)
        {
            return (ProcessState.Starting, $"{behind}: reading the log");
        }

        if (!live.Ring.Ring.IsWriterAlive)
        {
            return (ProcessState.Degraded, $"{behind}: fastpath is silent");
        }

        return (lag > LagEventsMax ? ProcessState.Degraded : ProcessState.Ready, behind);
    }
}
