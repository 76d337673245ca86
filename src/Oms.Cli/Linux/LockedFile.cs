using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Oms.Cli.Linux;

/// <summary>Reads a file that another process has locked: .NET asks for a lock even to read.</summary>
internal static class LockedFile
{
    private const int ReadOnly = 0;
    private const int CloseOnExecute = 0x80000;
    private const int LengthMax = 4096;

    /// <summary>What stands at the start of the file; null when it cannot be read.</summary>
    public static string? TryRead(string path)
    {
        using var handle = new SafeFileHandle(Open(path, ReadOnly | CloseOnExecute), ownsHandle: true);
        if (handle.IsInvalid)
        {
            return null;
        }

        byte[] bytes = new byte[LengthMax];
        try
        {
            int length = RandomAccess.Read(handle, bytes, fileOffset: 0);
            return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
