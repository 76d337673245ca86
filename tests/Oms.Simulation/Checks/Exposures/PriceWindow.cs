using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Time;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// What positions are valued at: the mark, else the middle of the book. Values may be as old as
/// <see cref="AgeNanosMax"/>, so that the prices of that time are kept.
/// </summary>
internal sealed class PriceWindow
{
    public const long AgeNanosMax = 10 * UnixNanos.PerMillisecond;

    private readonly Dictionary<InstrumentId, long> _marks = [];
    private readonly Dictionary<InstrumentId, List<(long At, long Price)>> _prices = [];

    public void Take(in TopOfBook top)
    {
        if (!_marks.ContainsKey(top.InstrumentId))
        {
            Note(top.InstrumentId, top.Header.UnixNanos, top.BidPrice + ((top.AskPrice - top.BidPrice) / 2));
        }
    }

    public void Take(in MarkPrice mark)
    {
        _marks[mark.InstrumentId] = mark.Price;
        Note(mark.InstrumentId, mark.Header.UnixNanos, mark.Price);
    }

    /// <summary>The last one; 0 for none.</summary>
    public long Last(InstrumentId instrument) =>
        _prices.TryGetValue(instrument, out List<(long At, long Price)>? prices) ? prices[^1].Price : 0;

    /// <summary>The lowest that a valuation of now may be made with; 0 for none.</summary>
    public long Lowest(InstrumentId instrument, long unixNanos) => Of(instrument, unixNanos).Least;

    /// <summary>All that a valuation of now may be made with; 0 for none.</summary>
    public Span Of(InstrumentId instrument, long unixNanos)
    {
        if (!_prices.TryGetValue(instrument, out List<(long At, long Price)>? prices))
        {
            return Span.Of(0);
        }

        // The one before the window held when it began.
        int first = prices.FindLastIndex(price => price.At <= unixNanos - AgeNanosMax);
        prices.RemoveRange(0, Math.Max(0, first));
        return new(prices.Min(price => price.Price), prices.Max(price => price.Price));
    }

    private void Note(InstrumentId instrument, long at, long price)
    {
        if (!_prices.TryGetValue(instrument, out List<(long At, long Price)>? prices))
        {
            prices = [];
            _prices.Add(instrument, prices);
        }

        prices.Add((at, price));
    }
}
