using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Oms.Journal;

/// <summary>What the log asks of a file system, and what .NET does not offer.</summary>
internal static partial class Disk
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <exception cref="IOException">Not all of it could be written.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offsetBytes)
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
    public static void Sync(SafeFileHandle file)
    {
        if (SyncBytes(file) != 0)
        {
            throw new IOException($"cannot be brought to the disk (errno {Marshal.GetLastPInvokeError()})");
        }
    }

    /// <summary>Returns when the names of the files in a folder are on the disk.</summary>
    public static void SyncFolder(string folder)
    {
        int descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw new IOException($"{folder} cannot be opened (errno {Marshal.GetLastPInvokeError()})");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Sync(handle);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncBytes(SafeFileHandle file);

    [LibraryImport(
        "libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
