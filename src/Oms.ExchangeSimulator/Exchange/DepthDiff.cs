using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The levels that changed from one update id to another, with what rests there now.</summary>
internal sealed record DepthDiff(
    long FirstUpdateId,
    long LastUpdateId,
    IReadOnlyList<BookLevel> Bids,
    IReadOnlyList<BookLevel> Asks);
