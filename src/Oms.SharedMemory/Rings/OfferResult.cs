namespace Oms.SharedMemory.Rings;

/// <summary>What became of an offered message. Ignoring it does not build.</summary>
public enum OfferResult
{
    Accepted,

    /// <summary>The reader lives and is behind by a whole ring.</summary>
    BackPressured,

    /// <summary>The ring is full and its reader has not been heard for a while.</summary>
    ConsumerGone,
}
