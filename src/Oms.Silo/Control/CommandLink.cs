using Oms.SharedMemory.Regions;

namespace Oms.Silo.Control;

/// <summary>The silo's one way to FastPath, opened as soon as FastPath has made the ring.</summary>
internal sealed class CommandLink(SharedRegion region) : IDisposable
{
    private readonly Lock _lock = new();
    private FastPathCommands? _commands;
    private bool _isClosed;

    /// <summary>Null while FastPath has not made the ring, and once the link is closed.</summary>
    public FastPathCommands? TryOpen()
    {
        lock (_lock)
        {
            return _isClosed ? null : _commands ??= FastPathCommands.TryStart(region);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _commands?.Dispose();
            _commands = null;
        }
    }
}
