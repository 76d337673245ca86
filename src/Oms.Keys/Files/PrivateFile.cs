using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Oms.Keys.Memory;

namespace Oms.Keys.Files;

/// <summary>Files that only their owner may touch.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const int ReadOnlyFolder = 0x10000 | CloseOnExecute;
    private const int CloseOnExecute = 0x80000;

    /// <exception cref="KeysException">It is missing, too long, cannot be read, or others may touch
    /// it.</exception>
    public static byte[] Read(string path, int lengthMax) => Open(path, mayGroupRead: false, file =>
    {
        if (file.Length > lengthMax)
        {
            throw new KeysException($"more than {lengthMax} bytes");
        }

        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    });

    /// <summary>Reads the file straight into locked memory.</summary>
    /// <param name="mayGroupRead">For files that another program makes, and hands over by its group.</param>
    /// <exception cref="KeysException">It is missing, too long, cannot be read, or others may touch
    /// it.</exception>
    public static SecretBytes ReadSecret(string path, int lengthMax, bool mayGroupRead = false) =>
        Open(path, mayGroupRead, file => SecretBytes.ReadFrom(file, lengthMax));

    /// <summary>
    /// Replaces the file as one: whoever reads it sees the old content or the new one, also after a crash.
    /// </summary>
    /// <exception cref="KeysException">It cannot be written; the old content is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string next = path + ".next";
        try
        {
            File.Delete(next);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
            };
            using (var file = new FileStream(next, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
            SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeysException($"{path} cannot be written: {exception.Message}");
        }
    }

    private static T Open<T>(string path, bool mayGroupRead, Func<FileStream, T> read)
    {
        try
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            // The mode of the file that was opened, not of whatever bears its name a moment later.
            UnixFileMode mode = File.GetUnixFileMode(file.SafeFileHandle);
            if ((mode & Others & ~(mayGroupRead ? UnixFileMode.GroupRead : UnixFileMode.None)) != 0)
            {
                string octal = Convert.ToString((int)mode, 8);
                throw new KeysException($"others may touch it (mode {octal}); run: chmod 600 {path}");
            }

            return read(file);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or KeysException)
        {
            throw new KeysException($"{path}: {exception.Message}");
        }
    }

    // The new name is on disk only when its folder is.
    private static void SyncFolder(string path)
    {
        using var folder = new SafeFileHandle(OpenFolder(path, ReadOnlyFolder), ownsHandle: true);
        if (folder.IsInvalid || Sync(folder) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle file);
}
