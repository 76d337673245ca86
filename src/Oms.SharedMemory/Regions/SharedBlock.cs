namespace Oms.SharedMemory.Regions;

/// <summary>
/// Plain memory that outlives its process, for whoever knows what to make of the bytes. One process has it
/// at a time. A new block is all zeros, and every page of it is there.
/// </summary>
public sealed unsafe class SharedBlock : IDisposable
{
    private readonly MappedFile _file;
    private readonly EndOwnership _ownership;

    private SharedBlock(string path, MappedFile file, EndOwnership ownership)
    {
        Path = path;
        _file = file;
        _ownership = ownership;
    }

    public string Path { get; }

    public nint Start => (nint)_file.Start;

    public long LengthBytes => _file.LengthBytes;

    /// <summary>Whether there is such a block in the region.</summary>
    public static bool Exists(SharedRegion region, string name) => File.Exists(region.BlockPath(name));

    /// <summary>Opens the block, making it if it is not there.</summary>
    /// <param name="lengthBytes">
    /// Of a new block: one that is there keeps the length that it was made with.
    /// </param>
    /// <exception cref="RoleTakenException">Another live process has this block.</exception>
    /// <exception cref="IOException">There is not so much memory.</exception>
    public static SharedBlock Open(SharedRegion region, string name, long lengthBytes)
    {
        string path = region.BlockPath(name);
        EndOwnership ownership = EndOwnership.Take(path, "owner");
        try
        {
            MappedFile.CreateIfAbsent(path, lengthBytes, static _ => { });
            var block = new SharedBlock(path, MappedFile.Open(path), ownership);
            block.MapAll();
            return block;
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _ownership.Dispose();
    }

    /// <summary>Touches each page, so that no later touch has to wait for the kernel.</summary>
    private void MapAll()
    {
        for (long offset = 0; offset < LengthBytes; offset += Environment.SystemPageSize)
        {
            // As it is: the block may hold something.
            Volatile.Write(ref _file.Start[offset], Volatile.Read(ref _file.Start[offset]));
        }
    }
}
