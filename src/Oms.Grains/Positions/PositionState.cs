using System.Collections.Immutable;

namespace Oms.Grains.Positions;

/// <summary>What is stored of an account's positions: replaced as a whole, never changed.</summary>
internal sealed record PositionState : ISequencedState
{
    public static int CurrentVersion => 1;

    public int Version { get; init; } = CurrentVersion;

    public long LastSequence { get; init; }

    public ImmutableArray<PositionView> Positions { get; init; } = [];

    /// <summary>The state after the events of the batch that are not in it yet.</summary>
    public PositionState After(PositionBatch batch)
    {
        var positions = Positions.ToDictionary(position => (position.Market, position.Symbol));
        foreach (PositionUpdate update in batch.Positions.Where(update => update.Sequence > LastSequence))
        {
            positions[(update.Market, update.Symbol)] = new()
            {
                Market = update.Market,
                Symbol = update.Symbol,
                Quantity = update.Quantity,
                OpenNotional = update.OpenNotional,
                RealizedPnl = update.RealizedPnl,
                QuoteFees = update.QuoteFees,
                BaseFees = update.BaseFees,
                UnixNanos = update.UnixNanos,
            };
        }

        return this with
        {
            Version = CurrentVersion,
            LastSequence = batch.LastSequence,
            Positions =
            [
                .. positions.Values
                    .OrderBy(position => position.Market)
                    .ThenBy(position => position.Symbol, StringComparer.Ordinal),
            ],
        };
    }
}
