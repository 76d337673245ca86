using Oms.Domain.Ids;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>The books of all listings, out of the tables of the connectors. Read by any thread.</summary>
public sealed class BookTables(SharedRegion region, TimeProvider time) : IDisposable
{
    /// <summary>
    /// A connector states each book at least once a second; one that was not stated for so long is not known.
    /// </summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(3);

    private readonly ConnectorTables<BookRow> _tables = new(region, StateTables.BooksOf);

    public static int RowOf(InstrumentId instrument) => (int)Math.Min(instrument.Value, int.MaxValue) - 1;

    /// <summary>
    /// Null where no connector has a valid book, has stated it of late, or the instrument is matched here.
    /// </summary>
    public BookRow? Of(InstrumentId instrument)
    {
        long oldest = UnixNanos.Of(time.GetUtcNow() - AgeMax).Value;
        BookRow? newest = null;
        for (ushort connector = 0; _tables.Of(connector) is { } table; connector++)
        {
            if (table.TryRead(RowOf(instrument), out BookRow row) && row.IsValid
                && row.StatedUnixNanos > Math.Max(oldest, newest?.StatedUnixNanos ?? 0))
            {
                newest = row;
            }
        }

        return newest;
    }

    public void Dispose() => _tables.Dispose();
}
