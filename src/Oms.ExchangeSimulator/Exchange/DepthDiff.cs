using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The levels that changed from one update id to another, with what rests there now.</summary>
/// <param name="PreviousUpdateId">The last of the diff before, at the same speed.</param>
internal sealed record DepthDiff(
    long FirstUpdateId,
    long LastUpdateId,
    long PreviousUpdateId,
    IReadOnlyList<BookLevel> Bids,
    IReadOnlyList<BookLevel> Asks);
