using Oms.Domain.Ids;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>
/// The books of all listings: out of the tables of the connectors, and of FastPath's for what is matched here. Read by
/// any thread.
/// </summary>
public sealed class BookTables(SharedRegion region, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Each book is stated at least once a second; one that was not stated for so long is not known.
    /// </summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(3);

    private readonly ConnectorTables<BookRow> _tables = new(region, StateTables.BooksOf);
    private readonly LateTable<BookRow> _inside = new(region, StateTables.BooksInside);

    public static int RowOf(InstrumentId instrument) => (int)Math.Min(instrument.Value, int.MaxValue) - 1;

    /// <summary>Null where nobody has a book with a level, or has stated it of late.</summary>
    public BookRow? Of(InstrumentId instrument)
    {
        BookRow? newest = _inside.Opened is { } inside ? Newer(inside, instrument, than: null) : null;
        for (ushort connector = 0; _tables.Of(connector) is { } table; connector++)
        {
            newest = Newer(table, instrument, newest);
        }

        return newest;
    }

    public void Dispose()
    {
        _tables.Dispose();
        _inside.Dispose();
    }

    private BookRow? Newer(StateTable<BookRow> table, InstrumentId instrument, BookRow? than)
    {
        long oldest = UnixNanos.Of(time.GetUtcNow() - AgeMax).Value;
        return table.TryRead(RowOf(instrument), out BookRow row) && row.IsValid
            && row.StatedUnixNanos > Math.Max(oldest, than?.StatedUnixNanos ?? 0)
            ? row
            : than;
    }
}
