namespace Oms.Simulation.Checks.Exposures;

/// <summary>What is known of an account's day: what it had gained when it began, and whether it is stopped.</summary>
internal sealed class CountedDay
{
    /// <summary>All that was gained until midnight, at 8 decimals of USDT.</summary>
    public Span AtMidnight { get; set; } = Span.Of(0);

    public bool IsHalted { get; set; }

    /// <summary>When somebody last let it go on, Unix nanoseconds.</summary>
    public long ResumedAt { get; set; }

    /// <summary>Since when it certainly lost too much and is not stopped; 0 where that is not so.</summary>
    public long TooMuchSince { get; set; }

    /// <summary>When a price was last heard of what it trades.</summary>
    public long PriceHeardAt { get; set; }

    /// <summary>
    /// The first price that was heard since it lost too much: with it, or a later one, it is valued; 0 for none.
    /// </summary>
    public long ValuedFrom { get; set; }

    /// <summary>It was valued, for something else than a price, since it was last let go.</summary>
    public bool IsValued { get; set; }

    /// <summary>It did not lose too much, or is stopped.</summary>
    public void NoteRight() => (TooMuchSince, ValuedFrom, IsValued) = (0, 0, false);
}
