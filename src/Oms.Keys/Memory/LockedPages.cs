using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Oms.Keys.Memory;

/// <summary>
/// Whole pages of memory that the kernel neither swaps out nor writes into a core dump, and that the garbage
/// collector does not move. Overwritten with zeros when the last user has let go.
/// </summary>
internal sealed class LockedPages : SafeHandle
{
    private const int LeaveOutOfDumps = 16;
    private const int TakeIntoDumps = 17;

    private readonly byte[] _array;
    private readonly int _start;

    /// <exception cref="KeysException">The system does not let this process lock so much.</exception>
    public LockedPages(int lengthMin)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        int page = Environment.SystemPageSize;
        LengthBytes = (Math.Max(lengthMin, 1) + page - 1) / page * page;
        // Locks count pages, not objects: one page more, so that all that is locked is ours alone.
        _array = GC.AllocateArray<byte>(LengthBytes + page, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        nint aligned = (address + page - 1) / page * page;
        _start = (int)(aligned - address);
        if (Lock(aligned, (nuint)LengthBytes) != 0
            || Advise(aligned, (nuint)LengthBytes, LeaveOutOfDumps) != 0)
        {
            throw new KeysException(
                $"{LengthBytes} bytes cannot be locked in memory for a secret " +
                $"({Marshal.GetLastPInvokeErrorMessage()}): raise the limit, with `ulimit -l` or as " +
                "LimitMEMLOCK= of the service");
        }

        SetHandle(aligned);
    }

    public int LengthBytes { get; }

    public Memory<byte> Memory => _array.AsMemory(_start, LengthBytes);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        CryptographicOperations.ZeroMemory(Memory.Span);
        bool isUsual = Advise(handle, (nuint)LengthBytes, TakeIntoDumps) == 0;
        return Unlock(handle, (nuint)LengthBytes) == 0 && isUsual;
    }

    [DllImport("libc", EntryPoint = "mlock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(nint address, nuint length);

    [DllImport("libc", EntryPoint = "munlock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unlock(nint address, nuint length);

    [DllImport("libc", EntryPoint = "madvise", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}
