using System.Runtime.InteropServices;

namespace Oms.Bench.Measuring;

/// <summary>
/// How long the calling thread has run: a clock that stands still while another has the core.
/// </summary>
internal static partial class ThreadClock
{
    private const int ClockThreadCpuTime = 3;

    public static long Nanos()
    {
        Timespec time = default;
        return GetTime(ClockThreadCpuTime, ref time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanos
            : throw new InvalidOperationException($"clock_gettime: errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, ref Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanos;
    }
}
