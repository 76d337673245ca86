using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Oms.Bench.Measuring;

/// <summary>Binds the calling thread to a core, so that only what else runs there can disturb it.</summary>
internal static partial class Core
{
    private const int CoresMax = 1024;

    /// <summary>The cores that this process may run on when it starts, ascending.</summary>
    public static ImmutableArray<int> All { get; } = Allowed();

    /// <summary>The last one that this process may run on: the first has the interrupts.</summary>
    /// <returns>The core's number.</returns>
    public static int TakeLast() => Take(All[^1]);

    /// <summary>The first one.</summary>
    /// <returns>The core's number.</returns>
    public static int TakeFirst() => Take(All[0]);

    private static int Take(int core)
    {
        Span<ulong> mask = stackalloc ulong[CoresMax / 64];
        mask.Clear();
        mask[core / 64] = 1UL << (core % 64);
        Check(SetAffinity(0, CoresMax / 8, mask));
        return core;
    }

    private static ImmutableArray<int> Allowed()
    {
        ulong[] mask = new ulong[CoresMax / 64];
        Check(GetAffinity(0, CoresMax / 8, mask));
        return [.. Enumerable.Range(0, CoresMax).Where(core => (mask[core / 64] & (1UL << (core % 64))) != 0)];
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
