using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>A table that its writer may not have made yet: opened once it is there. Used by any thread.</summary>
internal sealed class LateTable<TRow>(SharedRegion region, string name) : IDisposable
    where TRow : unmanaged
{
    private readonly Lock _opening = new();
    private volatile StateTable<TRow>? _table;

    /// <summary>Null where it is not there yet.</summary>
    public StateTable<TRow>? Opened => _table ?? Open();

    public void Dispose() => _table?.Dispose();

    private StateTable<TRow>? Open()
    {
        lock (_opening)
        {
            if (_table is null && File.Exists(region.TablePath(name)))
            {
                _table = StateTable<TRow>.OpenReader(region, name);
            }

            return _table;
        }
    }
}
