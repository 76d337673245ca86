using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors;

/// <summary>The newest levels of a listing, from the one who keeps the book to the one who shows it.</summary>
internal sealed class BookSlot(InstrumentId instrument, int levels)
{
    private readonly Lock _gate = new();
    private BookRow _newest;
    private bool _isNews;

    public InstrumentId Instrument { get; } = instrument;

    /// <summary>By whoever keeps the book: both sides empty while it is not valid.</summary>
    public void Put(long exchangeUnixNanos, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        var row = new BookRow(bids[..Math.Min(levels, bids.Length)], asks[..Math.Min(levels, asks.Length)],
            exchangeUnixNanos);
        lock (_gate)
        {
            (_newest, _isNews) = (row, true);
        }
    }

    /// <summary>How the book is now, and whether it changed since it was asked last.</summary>
    public BookRow Take(out bool isNews)
    {
        lock (_gate)
        {
            (isNews, _isNews) = (_isNews, false);
            return _newest;
        }
    }
}
