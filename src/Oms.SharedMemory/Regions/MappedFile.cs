using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Oms.SharedMemory.Regions;

/// <summary>A file of fixed length mapped into memory, shared with the other processes that map it.</summary>
internal sealed unsafe partial class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(MemoryMappedFile file, long lengthBytes)
    {
        _file = file;
        LengthBytes = lengthBytes;
        _view = file.CreateViewAccessor(0, lengthBytes, MemoryMappedFileAccess.ReadWrite);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + _view.PointerOffset;
    }

    public byte* Start { get; }

    public long LengthBytes { get; }

    public static MappedFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        long lengthBytes = stream.Length;
        return new(
            MemoryMappedFile.CreateFromFile(
                stream,
                null,
                0,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: false),
            lengthBytes);
    }

    /// <summary>
    /// Creates the file whole or not at all: it is filled under another name and then linked, so that nobody
    /// ever maps a half-written header. Another process may have been first; then its file stays.
    /// </summary>
    /// <param name="initialize">Writes the header into zeroed memory.</param>
    /// <exception cref="IOException">There is not so much memory.</exception>
    public static void CreateIfAbsent(string path, long lengthBytes, Action<IntPtr> initialize)
    {
        if (File.Exists(path))
        {
            return;
        }

        string draft = $"{path}.{Environment.ProcessId}.draft";
        Fill(draft, lengthBytes);
        using (MappedFile file = Open(draft))
        {
            initialize((IntPtr)file.Start);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    public void Dispose()
    {
        if (_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            return;
        }

        // A locked view cannot be let go of: it is flushed then, which the kernel refuses (msync, EBUSY).
        _ = Unlock(Start, (nuint)LengthBytes);
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    /// <summary>
    /// Written, not only made long: when memory runs out, this fails, and no process is killed later for
    /// touching a page that there never was.
    /// </summary>
    private static void Fill(string path, long lengthBytes)
    {
        byte[] zeros = new byte[Math.Min(lengthBytes, 1 << 20)];
        using var stream =
            new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (long left = lengthBytes; left > 0; left -= zeros.Length)
            {
                stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    [LibraryImport("libc", EntryPoint = "munlock")]
    private static partial int Unlock(byte* start, nuint lengthBytes);
}
