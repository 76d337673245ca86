using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors;

/// <summary>
/// Shows the books in shared memory: each as soon as it changed and its interval has passed, and once a second in any
/// case, so that whoever reads one knows that somebody still keeps it.
/// </summary>
internal sealed class BookBoard(SharedRegion region, ushort connector, TimeProvider time)
{
    private readonly List<Page> _pages = [];

    public void Add(ExchangeConfiguration exchange, BookSlot slot) =>
        _pages.Add(new(slot, TimeSpan.FromMilliseconds(exchange.BookIntervalMs)));

    public async Task Run(CancellationToken cancellation)
    {
        if (_pages.Count == 0)
        {
            return;
        }

        using StateTable<BookRow> table = StateTable<BookRow>.OpenWriter(
            region, StateTables.BooksOf(connector), InstrumentsMax());
        // Twice an interval: what was shown a little less than one ago does not wait for another.
        using var timer = new PeriodicTimer(_pages.Min(page => page.Interval) / 2, time);
        do
        {
            foreach (Page page in _pages)
            {
                Show(table, page);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private void Show(StateTable<BookRow> table, Page page)
    {
        TimeSpan since = page.ShownTimestamp == 0 ? TimeSpan.MaxValue : time.GetElapsedTime(page.ShownTimestamp);
        if (since < page.Interval)
        {
            return;
        }

        BookRow row = page.Slot.Take(out bool isNews);
        if (isNews || since >= ConnectorLimits.BookRepeatInterval)
        {
            row = row with { StatedUnixNanos = UnixNanos.Of(time.GetUtcNow()).Value };
            table.Write(BookTables.RowOf(page.Slot.Instrument), in row);
            page.ShownTimestamp = time.GetTimestamp();
        }
    }

    private int InstrumentsMax()
    {
        using StateTable<InstrumentDefined> instruments =
            StateTable<InstrumentDefined>.OpenReader(region, StateTables.Instruments);
        return instruments.RowsMax;
    }

    private sealed class Page(BookSlot slot, TimeSpan interval)
    {
        public BookSlot Slot { get; } = slot;

        public TimeSpan Interval { get; } = interval;

        public long ShownTimestamp { get; set; }
    }
}
