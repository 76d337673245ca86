using System.Collections.Concurrent;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>Tables of one kind, one of each process that writes some, opened once there is one. Used by any thread.
/// </summary>
internal sealed class ConnectorTables<TRow>(SharedRegion region, Func<ushort, string> nameOf) : IDisposable
    where TRow : unmanaged
{
    private readonly ConcurrentDictionary<ushort, StateTable<TRow>> _tables = new();

    /// <summary>Null where the connector has none yet.</summary>
    public StateTable<TRow>? Of(ushort connector)
    {
        if (_tables.TryGetValue(connector, out StateTable<TRow>? known))
        {
            return known;
        }

        string name = nameOf(connector);
        if (!File.Exists(region.TablePath(name)))
        {
            return null;
        }

        var opened = StateTable<TRow>.OpenReader(region, name);
        StateTable<TRow> kept = _tables.GetOrAdd(connector, opened);
        if (kept != opened)
        {
            opened.Dispose();
        }

        return kept;
    }

    public void Dispose()
    {
        foreach (StateTable<TRow> table in _tables.Values)
        {
            table.Dispose();
        }
    }
}
