using System.Collections.Concurrent;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>Tables of one kind, one of each connector. Used by any thread.</summary>
internal sealed class ConnectorTables<TRow>(SharedRegion region, Func<ushort, string> nameOf) : IDisposable
    where TRow : unmanaged
{
    private readonly ConcurrentDictionary<ushort, LateTable<TRow>> _tables = new();

    /// <summary>Null where the connector has none yet.</summary>
    public StateTable<TRow>? Of(ushort connector) =>
        _tables.GetOrAdd(connector, number => new(region, nameOf(number))).Opened;

    public void Dispose()
    {
        foreach (LateTable<TRow> table in _tables.Values)
        {
            table.Dispose();
        }
    }
}
