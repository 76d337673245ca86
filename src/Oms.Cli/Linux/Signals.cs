using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Oms.Cli.Linux;

/// <summary>Signals to processes whose identity is known.</summary>
internal static class Signals
{
    public const int Terminate = 15;
    public const int Kill = 9;
    private const int NoSuchProcess = 3;

    /// <summary>False when the process is no longer there.</summary>
    /// <exception cref="RefusedException">The process belongs to somebody else.</exception>
    public static bool Send(ProcessIdentity process, int signal)
    {
        if (!ProcessTable.IsAlive(process))
        {
            return false;
        }

        if (NativeKill(process.Pid, signal) == 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess
            ? false
            : throw new RefusedException(
                $"cannot send signal {signal} to pid {process.Pid}: {new Win32Exception(error).Message}");
    }

    /// <summary>Sends the signal, waits, and kills what is then still there.</summary>
    public static async Task EndAsync(ProcessIdentity process, TimeSpan patience, TimeProvider clock)
    {
        if (!Send(process, Terminate))
        {
            return;
        }

        if (!await HasEndedAsync(process, patience, clock, CancellationToken.None))
        {
            _ = Send(process, Kill);
            _ = await HasEndedAsync(process, patience, clock, CancellationToken.None);
        }
    }

    /// <summary>Waits until the process is gone; false when it is still there after the time.</summary>
    public static async Task<bool> HasEndedAsync(
        ProcessIdentity process, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        long start = clock.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), clock);
        while (ProcessTable.IsAlive(process))
        {
            if (clock.GetElapsedTime(start) > patience)
            {
                return false;
            }

            _ = await timer.WaitForNextTickAsync(cancellation);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int pid, int signal);
}
