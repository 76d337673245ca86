namespace Oms.Silo.Feed;

/// <summary>
/// Something durable that follows the whole log instead of single accounts, in the log's order. As with
/// <see cref="IEventSink"/>, what it holds it knows itself.
/// </summary>
internal interface ILogSink
{
    string Name { get; }

    /// <summary>Of the log: what is durable up to here was of interest, and nothing later.</summary>
    long Held { get; }

    /// <summary>Finds out what is durable and forgets what was believed before.</summary>
    /// <returns>The last of the log's sequences that the sink holds; 0 for none.</returns>
    Task<long> ResumeAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes those of the events durable that it is interested in; those that it holds are skipped. After an exception
    /// the sink must be resumed before anything else is delivered.
    /// </summary>
    /// <param name="events">Of one or more batches, in order.</param>
    /// <param name="lastLogSequence">Nothing is left out up to here.</param>
    Task DeliverAsync(IReadOnlyList<byte[]> events, long lastLogSequence, CancellationToken cancellation);
}
