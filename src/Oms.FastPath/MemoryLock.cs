using System.Runtime.InteropServices;

namespace Oms.FastPath;

/// <summary>
/// Keeps what this process touches in memory (mlockall): no order waits for the kernel to bring a page back. Pages are
/// locked as they are touched, so that what is only reserved costs nothing.
/// </summary>
internal static partial class MemoryLock
{
    private const int Current = 1;
    private const int Future = 2;
    private const int OnFault = 4;

    /// <summary>False where the limit on locked memory is too low; the process works all the same.</summary>
    /// <param name="problem">What is to be said then.</param>
    public static bool TryLock(out string problem)
    {
        bool isLocked = LockAll(Current | Future | OnFault) == 0;
        problem = isLocked
            ? ""
            : $"memory is not locked (errno {Marshal.GetLastPInvokeError()}): raise RLIMIT_MEMLOCK, "
                + "or set fastpath.lock_memory to false in deployment.yaml";
        return isLocked;
    }

    [LibraryImport("libc", EntryPoint = "mlockall", SetLastError = true)]
    private static partial int LockAll(int flags);
}
