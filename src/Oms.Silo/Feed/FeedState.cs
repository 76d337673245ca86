namespace Oms.Silo.Feed;

/// <summary>How the feed is, written by those who run it and read by whoever tells others.</summary>
internal sealed class FeedState
{
    private long _lastReadLogSequence;
    private long _lastDeliveredLogSequence;
    private long _lastDeliveredUnixNanos;
    private long _lastShownLogSequence;
    private long _eventsDelivered;
    private long _leaseToken;
    private volatile bool _isLive;
    private volatile bool _isStandingBy;
    private volatile string _failure = "";
    private volatile string _waitingFor = "";

    /// <summary>Everything up to here was read from FastPath.</summary>
    public long LastReadLogSequence => Volatile.Read(ref _lastReadLogSequence);

    /// <summary>Everything up to here is in every sink.</summary>
    public long LastDeliveredLogSequence => Volatile.Read(ref _lastDeliveredLogSequence);

    /// <summary>When FastPath made the last of those.</summary>
    public long LastDeliveredUnixNanos => Volatile.Read(ref _lastDeliveredUnixNanos);

    /// <summary>Events that this process has brought into every sink.</summary>
    public long EventsDelivered => Volatile.Read(ref _eventsDelivered);

    /// <summary>Events of FastPath that are not in every sink yet.</summary>
    public long LagEvents => !IsFeeding ? 0 : Math.Max(
        0, Math.Max(Volatile.Read(ref _lastShownLogSequence), LastReadLogSequence) - LastDeliveredLogSequence);

    /// <summary>The fencing token of the right to feed; 0 before this silo had it.</summary>
    public long LeaseToken => Volatile.Read(ref _leaseToken);

    /// <summary>This silo has the right to feed, and what it needs for it.</summary>
    public bool IsFeeding => LeaseToken > 0 && !_isStandingBy;

    /// <summary>True from when the log was read to its end.</summary>
    public bool IsLive => _isLive;

    /// <summary>Why events do not flow; empty while they do.</summary>
    public string Failure => _failure;

    /// <summary>What is missing before the feed can start; empty once it started.</summary>
    public string WaitingFor => _waitingFor;

    /// <summary>Another silo has FastPath's events: this one takes over when that is gone.</summary>
    public bool IsStandingBy => _isStandingBy;

    public void StandBy() => _isStandingBy = true;

    /// <summary>From here on this silo is the one that feeds.</summary>
    public void Lead(ulong leaseToken)
    {
        Volatile.Write(ref _leaseToken, (long)leaseToken);
        _isStandingBy = false;
    }

    /// <summary>FastPath has shown its events up to here.</summary>
    public void Show(long logSequence) => Volatile.Write(ref _lastShownLogSequence, logSequence);

    public void Await(string dependency) => _waitingFor = dependency;

    /// <summary>The sinks were asked what they hold, and are fed from there.</summary>
    public void Resume(long logSequence)
    {
        Volatile.Write(ref _lastReadLogSequence, logSequence);
        Volatile.Write(ref _lastDeliveredLogSequence, logSequence);
        _isLive = false;
        _failure = "";
        _waitingFor = "";
        _isStandingBy = false;
    }

    public void Read(long logSequence, bool isLive)
    {
        Volatile.Write(ref _lastReadLogSequence, logSequence);
        // A gap in the ring is filled from the log: that is the feed at work, not a new start.
        _isLive |= isLive;
    }

    public void Deliver(long logSequence, long unixNanos)
    {
        _ = Interlocked.Add(ref _eventsDelivered, Math.Max(0, logSequence - LastDeliveredLogSequence));
        Volatile.Write(ref _lastDeliveredUnixNanos, unixNanos);
        Volatile.Write(ref _lastDeliveredLogSequence, logSequence);
    }

    public void Fail(string reason)
    {
        _waitingFor = "";
        _failure = reason;
    }
}
