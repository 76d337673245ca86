using System.Runtime.InteropServices;

namespace Oms.Bench.Measuring;

/// <summary>Binds the calling thread to a core, so that only what else runs there can disturb it.</summary>
internal static partial class Core
{
    private const int CoresMax = 1024;

    /// <summary>The last one that this process may run on: the first has the interrupts.</summary>
    /// <returns>The core's number.</returns>
    public static int TakeLast()
    {
        Span<ulong> mask = stackalloc ulong[CoresMax / 64];
        mask.Clear();
        Check(GetAffinity(0, CoresMax / 8, mask));

        int core = CoresMax - 1;
        while ((mask[core / 64] & (1UL << (core % 64))) == 0)
        {
            core--;
        }

        mask.Clear();
        mask[core / 64] = 1UL << (core % 64);
        Check(SetAffinity(0, CoresMax / 8, mask));
        return core;
    }

    private static void Check(int answer)
    {
        if (answer < 0)
        {
            throw new InvalidOperationException($"cannot take a core: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int pid, nint maskBytes, Span<ulong> mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int pid, nint maskBytes, ReadOnlySpan<ulong> mask);
}
