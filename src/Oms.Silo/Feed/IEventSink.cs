using Oms.Domain.Accounts;

namespace Oms.Silo.Feed;

/// <summary>
/// Something durable that all events reach, each once and in the order of its account. What a sink holds, it
/// knows itself: whoever feeds it asks first, and goes on from there, at a start as after any failure.
/// </summary>
internal interface IEventSink
{
    string Name { get; }

    /// <summary>Finds out what is durable and forgets what was believed before.</summary>
    /// <param name="checkpointed">What the sink held at the last checkpoint: where it cannot know better,
    /// that holds.</param>
    /// <returns>The last of the account's sequences that the sink holds; 0 for none.</returns>
    Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation);

    /// <summary>
    /// Makes events durable; those that the sink holds are skipped. After an exception the sink must be
    /// resumed before anything else is delivered.
    /// </summary>
    Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation);

    /// <summary>The last of the account's sequences that the sink holds, once it was resumed.</summary>
    long HeldOf(AccountName account);
}
