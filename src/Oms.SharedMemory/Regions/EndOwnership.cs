namespace Oms.SharedMemory.Regions;

/// <summary>
/// The one process that may be this end of a ring or this writer of a table. A file lock: the kernel drops it
/// when
/// the process dies, however it dies.
/// </summary>
internal sealed class EndOwnership : IDisposable
{
    private readonly FileStream _lock;

    private EndOwnership(FileStream stream) => _lock = stream;

    /// <exception cref="RoleTakenException">Another live process is this end.</exception>
    public static EndOwnership Take(string path, string end)
    {
        string lockPath = $"{path}.{end}.lock";
        try
        {
            return new(new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(lockPath))
        {
            throw new RoleTakenException($"another process is the {end} of {path}");
        }
    }

    public void Dispose() => _lock.Dispose();
}
