using System.Runtime.InteropServices;

namespace Oms.Cli.Linux;

/// <summary>Where the process prints.</summary>
internal static class StandardOutput
{
    /// <summary>
    /// Makes a file standard output and standard error of this process, below .NET, so that what the runtime
    /// itself prints at its end is kept as well.
    /// </summary>
    public static void MoveTo(string path)
    {
        using var file =
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        int descriptor = (int)file.SafeFileHandle.DangerousGetHandle();
        if (Duplicate(descriptor, 1) < 0 || Duplicate(descriptor, 2) < 0)
        {
            throw new RefusedException($"cannot print to {path}");
        }
    }

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor, int onto);
}
