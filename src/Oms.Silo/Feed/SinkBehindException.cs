namespace Oms.Silo.Feed;

/// <summary>
/// A sink lacks events from before those it was given: it lost some, and the log must be read again.
/// </summary>
internal sealed class SinkBehindException(string sink, long missingSequence)
    : Exception($"{sink} lacks event {missingSequence}");
