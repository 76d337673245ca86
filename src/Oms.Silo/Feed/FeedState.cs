namespace Oms.Silo.Feed;

/// <summary>How the feed is, written by those who run it and read by whoever tells others.</summary>
internal sealed class FeedState
{
    private long _lastReadLogSequence;
    private long _lastDeliveredLogSequence;
    private volatile bool _isLive;
    private volatile bool _isStandingBy;
    private volatile string _failure = "";
    private volatile string _waitingFor = "";

    /// <summary>Everything up to here was read from FastPath.</summary>
    public long LastReadLogSequence => Volatile.Read(ref _lastReadLogSequence);

    /// <summary>Everything up to here is in every sink.</summary>
    public long LastDeliveredLogSequence => Volatile.Read(ref _lastDeliveredLogSequence);

    /// <summary>True from when the log was read to its end.</summary>
    public bool IsLive => _isLive;

    /// <summary>Why events do not flow; empty while they do.</summary>
    public string Failure => _failure;

    /// <summary>What is missing before the feed can start; empty once it started.</summary>
    public string WaitingFor => _waitingFor;

    /// <summary>Another silo has FastPath's events: this one takes over when that is gone.</summary>
    public bool IsStandingBy => _isStandingBy;

    public void StandBy() => _isStandingBy = true;

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

    public void Deliver(long logSequence) => Volatile.Write(ref _lastDeliveredLogSequence, logSequence);

    public void Fail(string reason)
    {
        _waitingFor = "";
        _failure = reason;
    }
}
