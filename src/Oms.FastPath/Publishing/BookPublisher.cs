using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Engine;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.FastPath.Publishing;

/// <summary>
/// Shows the books and the best prices of what is matched here: each up to ten times a second, and no more than one in
/// a cycle, so that an order waits for one copy at most.
/// </summary>
internal sealed class BookPublisher(SharedRegion region, StateTable<TopOfBook> tops, int instrumentsMax) : IDisposable
{
    private const long IntervalNanos = 100 * UnixNanos.PerMillisecond;

    private readonly StateTable<BookRow> _table =
        StateTable<BookRow>.OpenWriter(region, StateTables.BooksInside, instrumentsMax);

    private readonly List<InstrumentId> _matchedHere = new(instrumentsMax);
    private readonly long[] _shownUnixNanos = new long[instrumentsMax];
    private readonly BookLevel[] _bids = new BookLevel[BookLevel.PerSideMax];
    private readonly BookLevel[] _asks = new BookLevel[BookLevel.PerSideMax];
    private int _next;

    public void Note(in InstrumentDefined instrument)
    {
        if (instrument.IsMatchedHere != 0 && !_matchedHere.Contains(instrument.InstrumentId))
        {
            _matchedHere.Add(instrument.InstrumentId);
        }
    }

    /// <summary>Shows the next book where it is due.</summary>
    public void ShowNext(EngineView engine, long nowUnixNanos)
    {
        if (_matchedHere.Count == 0)
        {
            return;
        }

        _next = _next + 1 < _matchedHere.Count ? _next + 1 : 0;
        InstrumentId instrument = _matchedHere[_next];
        int row = BookTables.RowOf(instrument);
        if (nowUnixNanos - _shownUnixNanos[row] < IntervalNanos)
        {
            return;
        }

        _shownUnixNanos[row] = nowUnixNanos;
        TopOfBook top = engine.TopOf(instrument);
        // Nobody else knows of it: as it is now, it is new, however long nothing changed.
        TopOfBook told = top with { ExchangeUnixNanos = nowUnixNanos };
        tops.Write(row, in told);
        (int bids, int asks) = engine.CopyBook(instrument, _bids, _asks);
        var book = new BookRow(_bids.AsSpan(0, bids), _asks.AsSpan(0, asks), top.ExchangeUnixNanos)
        {
            StatedUnixNanos = nowUnixNanos,
        };
        _table.Write(row, in book);
    }

    public void Dispose() => _table.Dispose();
}
