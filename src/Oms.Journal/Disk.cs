using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Oms.Journal;

/// <summary>
/// What the log asks of a file system, and what .NET does not offer. A simulation puts a disk of its own in its place.
/// </summary>
internal partial class Disk
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY

    protected Disk()
    {
    }

    /// <summary>The machine's own.</summary>
    public static Disk OfMachine { get; } = new();

    public virtual SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share) =>
        File.OpenHandle(path, mode, access, share);

    /// <exception cref="IOException">Not all of it could be written.</exception>
    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offsetBytes)
    {
        try
        {
            RandomAccess.Write(file, bytes, offsetBytes);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // What .NET makes of EFBIG.
            throw new IOException("the file may not grow any more", exception);
        }
    }

    /// <summary>Returns when the bytes of the file are on the disk.</summary>
    /// <exception cref="IOException">
    /// They are not, and what was written since the last time may be lost.
    /// </exception>
    public virtual void Sync(SafeFileHandle file)
    {
        if (SyncBytes(file) != 0)
        {
            throw NotSynced();
        }
    }

    /// <summary>Returns when the names of the files in a folder are on the disk.</summary>
    public virtual void SyncFolder(string folder)
    {
        int descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw new IOException($"{folder} cannot be opened (errno {Marshal.GetLastPInvokeError()})");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (SyncBytes(handle) != 0)
        {
            throw NotSynced();
        }
    }

    private static IOException NotSynced() =>
        new($"cannot be brought to the disk (errno {Marshal.GetLastPInvokeError()})");

    /// <summary>Cuts a file; when this returns, its new length is on the disk.</summary>
    public virtual void Cut(SafeFileHandle file, long lengthBytes)
    {
        RandomAccess.SetLength(file, lengthBytes);
        RandomAccess.FlushToDisk(file);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncBytes(SafeFileHandle file);

    [LibraryImport(
        "libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
