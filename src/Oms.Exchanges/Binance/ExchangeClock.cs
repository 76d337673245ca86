namespace Oms.Exchanges.Binance;

/// <summary>
/// The exchange's time, never ahead of it: a request from the past is accepted for the length of the receive
/// window, one from the future is not. Runs on the monotonic clock, so that a step of the wall clock moves
/// nothing.
/// </summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    /// <summary>Crystals drift by some milliseconds in this time.</summary>
    public static readonly TimeSpan ReadingAgeMax = TimeSpan.FromMinutes(5);

    private Reading? _reading;

    public bool IsSynchronised => Volatile.Read(ref _reading) is not null;

    public bool IsReadingOld =>
        Volatile.Read(ref _reading) is { } reading && time.GetElapsedTime(reading.Received) > ReadingAgeMax;

    /// <summary>
    /// Takes a reading of the exchange's clock. It was read at some instant between sending and receiving;
    /// taking the latest, the middle less half of the round trip, keeps us behind whatever the way there
    /// took.
    /// </summary>
    public void Synchronise(long sent, long received, long serverTimeMs)
    {
        Volatile.Write(ref _reading, new(received, serverTimeMs));
        RoundTrip = time.GetElapsedTime(sent, received);
    }

    public TimeSpan RoundTrip { get; private set; }

    /// <summary>Unix milliseconds for a request that is signed now.</summary>
    public long TimestampMs()
    {
        Reading? reading = Volatile.Read(ref _reading);
        return reading is null
            ? time.GetUtcNow().ToUnixTimeMilliseconds()
            : reading.ServerTimeMs + (long)time.GetElapsedTime(reading.Received).TotalMilliseconds;
    }

    /// <summary>How far the exchange's clock is ahead of ours, less the margin.</summary>
    public long OffsetMs() => TimestampMs() - time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Reading(long Received, long ServerTimeMs);
}
