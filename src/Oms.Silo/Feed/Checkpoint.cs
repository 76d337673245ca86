using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Oms.Domain.Accounts;

namespace Oms.Silo.Feed;

/// <summary>
/// An event of the log up to which every sink was complete, and what each held then. A hint that saves
/// reading the whole log: a sink that holds less by now is believed, not the checkpoint.
/// </summary>
internal sealed record Checkpoint
{
    public static Checkpoint Empty { get; } = new();

    public long LogSequence { get; init; }

    /// <summary>The last sequence by sink and account.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, long>> Held { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, long>>.Empty;

    /// <summary>The last log sequence by sink, of those that follow the whole log.</summary>
    public ImmutableSortedDictionary<string, long> LogHeld { get; init; } =
        ImmutableSortedDictionary<string, long>.Empty;

    [JsonIgnore]
    public IEnumerable<AccountName> Accounts
    {
        get
        {
            foreach (string text in Held.Values.SelectMany(sink => sink.Keys).Distinct())
            {
                if (AccountName.TryParse(text, out AccountName account))
                {
                    yield return account;
                }
            }
        }
    }

    public long HeldBy(IEventSink sink, AccountName account) =>
        Held.TryGetValue(sink.Name, out ImmutableSortedDictionary<string, long>? accounts)
            ? accounts.GetValueOrDefault(account.ToString())
            : 0;

    public static Checkpoint Of(
        long logSequence,
        IEnumerable<IEventSink> sinks,
        IEnumerable<ILogSink> logSinks,
        IReadOnlyCollection<AccountName> accounts) => new()
        {
            LogSequence = logSequence,
            LogHeld = logSinks.ToImmutableSortedDictionary(
                sink => sink.Name, sink => sink.Held, StringComparer.Ordinal),
            Held = sinks.ToImmutableSortedDictionary(
                sink => sink.Name,
                sink => accounts.ToImmutableSortedDictionary(
                    account => account.ToString(), sink.HeldOf, StringComparer.Ordinal),
                StringComparer.Ordinal),
        };
}
