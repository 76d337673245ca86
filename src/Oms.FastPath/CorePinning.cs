using System.Runtime.InteropServices;
using Oms.Configuration;

namespace Oms.FastPath;

/// <summary>Binds the calling thread to a core.</summary>
internal static partial class CorePinning
{
    private const int CoresMax = 1024;

    /// <param name="core">Null leaves the choice to the kernel.</param>
    /// <param name="configsFolder">Where the core was configured.</param>
    /// <exception cref="ConfigurationException">There is no such core, or it is not ours to use.</exception>
    public static void PinTo(int? core, string configsFolder)
    {
        if (core is not { } index)
        {
            return;
        }

        Span<ulong> mask = stackalloc ulong[CoresMax / 64];
        mask.Clear();
        mask[index / 64] = 1UL << (index % 64);
        if (SetAffinity(0, CoresMax / 8, mask) != 0)
        {
            string file = Path.Combine(configsFolder, "deployment.yaml");
            string text = $"cannot run on core {index} (errno {Marshal.GetLastPInvokeError()})";
            throw new ConfigurationException([new(file, 0, "fastpath.core", text)]);
        }
    }

    /// <summary>
    /// Lets the calling thread run on every core but one: a thread begins where the one that started it is
    /// pinned. Where there is no other core, it stays.
    /// </summary>
    public static void KeepOff(int? core)
    {
        if (core is { } index)
        {
            Span<ulong> mask = stackalloc ulong[CoresMax / 64];
            mask.Fill(ulong.MaxValue);
            mask[index / 64] &= ~(1UL << (index % 64));
            _ = SetAffinity(0, CoresMax / 8, mask);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int pid, nint maskBytes, Span<ulong> mask);
}
