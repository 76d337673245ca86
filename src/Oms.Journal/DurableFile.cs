using Microsoft.Win32.SafeHandles;

namespace Oms.Journal;

/// <summary>
/// A small file that is replaced as one: whoever reads it finds the old content or the new one, also after the
/// machine died.
/// </summary>
public static class DurableFile
{
    /// <summary>
    /// Returns when the new content is on the disk, under the file's name. Makes the folder where there is none.
    /// </summary>
    /// <exception cref="IOException">It is not; the old content is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        Replace(Disk.OfMachine, path, content);
    }

    /// <inheritdoc cref="Replace(string, ReadOnlySpan{byte})"/>
    internal static void Replace(Disk disk, string path, ReadOnlySpan<byte> content)
    {
        string draft = path + ".draft";
        using (SafeFileHandle file = disk.Open(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            disk.Write(file, content, 0);
            disk.Sync(file);
        }

        File.Move(draft, path, overwrite: true);
        disk.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }
}
