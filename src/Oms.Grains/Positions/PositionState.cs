using System.Collections.Immutable;

namespace Oms.Grains.Positions;

/// <summary>What is stored of an account's positions: replaced as a whole, never changed.</summary>
internal sealed record PositionState : ISequencedState
{
    public static int CurrentVersion => 2;

    public int Version { get; init; } = CurrentVersion;

    public long LastSequence { get; init; }

    public ImmutableArray<PositionView> Positions { get; init; } = [];

    /// <summary>Since version 2.</summary>
    public ImmutableArray<DayView> Days { get; init; } = [];

    /// <summary>The state after the events of the batch that are not in it yet.</summary>
    public PositionState After(PositionBatch batch)
    {
        var book = new PositionBook(this);
        using IEnumerator<FillUpdate> fills =
            batch.Fills.Where(fill => fill.Sequence > LastSequence).GetEnumerator();
        bool hasFill = fills.MoveNext();
        foreach (PositionUpdate update in batch.Positions.Where(update => update.Sequence > LastSequence))
        {
            for (; hasFill && fills.Current.Sequence < update.Sequence; hasFill = fills.MoveNext())
            {
                book.Apply(fills.Current);
            }

            book.Apply(update);
        }

        for (; hasFill; hasFill = fills.MoveNext())
        {
            book.Apply(fills.Current);
        }

        return new()
        {
            LastSequence = batch.LastSequence,
            Positions = book.Positions,
            Days = book.Days,
        };
    }
}
