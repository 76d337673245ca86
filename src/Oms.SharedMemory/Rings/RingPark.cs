using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// Where the thread that reads some rings sleeps until a writer of one of them, or another thread of its own process,
/// wakes it. A sleep has a limit always: a writer looks for a sleeper without a fence, which each message would pay
/// for, so that in the nanoseconds in which both begin a call can be missed. Linux futexes (futex(2), futex_waitv of
/// Linux 5.16); where the kernel has none, only the limit ends a sleep.
/// </summary>
public sealed unsafe partial class RingPark
{
    /// <summary>Rings that wake at most: the kernel takes 128 words, of which one is the process's own.</summary>
    public const int RingsMax = 127;

    private const long FutexWakeCall = 1;
    private const uint FutexSizeU32 = 2;
    private const uint FutexPrivate = 128;
    private const long ClockMonotonic = 1;
    private const long NanosPerSecond = 1_000_000_000;
    private const int ErrorAgain = 11;
    private const int ErrorInterrupted = 4;
    private const int ErrorTimedOut = 110;

    // linux/arch/*/include/uapi/asm/unistd.h: x86-64 has a table of its own, the others share one.
    private static readonly long FutexNumber = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;
    private static readonly long FutexWaitVectorNumber = 449;

    private readonly RingHeader*[] _rings = new RingHeader*[RingsMax];
    private readonly long[] _cursorsSeen = new long[RingsMax];

    // Pinned: the kernel is given their addresses.
    private readonly FutexWaiter[] _waiters = GC.AllocateArray<FutexWaiter>(RingsMax + 1, pinned: true);
    private readonly int[] _calls = GC.AllocateArray<int>(1, pinned: true);
    private int _ringCount;
    private int _callsSeen;
    private volatile bool _isSleeping;
    private bool _isSupported = true;

    public RingPark()
    {
        fixed (int* calls = _calls)
        {
            _waiters[0] = new() { Address = (ulong)calls, Flags = FutexSizeU32 | FutexPrivate };
        }
    }

    /// <summary>Forgets the rings that were watched.</summary>
    public void WatchNone() => _ringCount = 0;

    /// <summary>From now on the ring's writer wakes. Of more than <see cref="RingsMax"/> the last do not.</summary>
    /// <param name="reader">Stays open as long as it is watched.</param>
    public void Watch(RingReader reader)
    {
        if (_ringCount == RingsMax)
        {
            return;
        }

        RingHeader* ring = reader.Ring.Header;
        _rings[_ringCount] = ring;
        _cursorsSeen[_ringCount] = ring->ReaderCursor;
        _ringCount++;
        _waiters[_ringCount] = new()
        {
            Value = RingHeader.Parked, Address = (ulong)&ring->ReaderParks, Flags = FutexSizeU32,
        };
    }

    /// <summary>Everything is looked at after this and before the next <see cref="Sleep"/>.</summary>
    public void BeforeLook()
    {
        _callsSeen = Volatile.Read(ref _calls[0]);
        for (int index = 0; index < _ringCount; index++)
        {
            _cursorsSeen[index] = Volatile.Read(ref _rings[index]->WriterCursor);
        }
    }

    /// <summary>
    /// Returns when something came since <see cref="BeforeLook"/>, or the time is over, or now and then earlier.
    /// </summary>
    /// <returns>Whether something came.</returns>
    public bool Sleep(long nanosMax)
    {
        Invariant.Holds(nanosMax > 0);
        for (int index = 0; index < _ringCount; index++)
        {
            // Left standing when the time is over: a ring on which nobody writes costs one look.
            if (Volatile.Read(ref _rings[index]->ReaderParks) != RingHeader.Parked)
            {
                Volatile.Write(ref _rings[index]->ReaderParks, RingHeader.Parked);
            }
        }

        _isSleeping = true;
        // Who does not see that this thread sleeps wrote before it looks now.
        Interlocked.MemoryBarrier();
        bool isWoken = HasNews() || Wait(nanosMax);
        _isSleeping = false;
        BeforeLook();
        return isWoken;
    }

    /// <summary>Wakes the thread that sleeps here, or lets its next sleep end at once; from any thread.</summary>
    public void Wake()
    {
        _ = Interlocked.Increment(ref _calls[0]);
        if (_isSleeping)
        {
            fixed (int* calls = _calls)
            {
                _ = WakeOne(FutexNumber, calls, FutexWakeCall | FutexPrivate, 1);
            }
        }
    }

    /// <summary>By the writer of a ring whose reader parks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void WakeReaderOf(RingHeader* ring)
    {
        if (Interlocked.Exchange(ref ring->ReaderParks, 0) == RingHeader.Parked)
        {
            _ = WakeOne(FutexNumber, &ring->ReaderParks, FutexWakeCall, 1);
        }
    }

    private bool HasNews()
    {
        bool hasNews = Volatile.Read(ref _calls[0]) != _callsSeen;
        for (int index = 0; index < _ringCount && !hasNews; index++)
        {
            hasNews = Volatile.Read(ref _rings[index]->WriterCursor) != _cursorsSeen[index];
        }

        return hasNews;
    }

    private bool Wait(long nanosMax)
    {
        _waiters[0].Value = (uint)_callsSeen;
        if (_isSupported)
        {
            // On Linux the stopwatch counts nanoseconds of CLOCK_MONOTONIC.
            long end = Stopwatch.GetTimestamp() + nanosMax;
            var deadline = new TimeSpec(end / NanosPerSecond, end % NanosPerSecond);
            fixed (FutexWaiter* waiters = _waiters)
            {
                if (WaitForAny(
                    FutexWaitVectorNumber, waiters, (uint)_ringCount + 1, 0, &deadline, ClockMonotonic) >= 0)
                {
                    return true;
                }
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case ErrorAgain:
                    // A word was changed before the kernel looked.
                    return true;
                case ErrorTimedOut or ErrorInterrupted:
                    return false;
                default:
                    _isSupported = false;
                    break;
            }
        }

        var park = new TimeSpec(nanosMax / NanosPerSecond, nanosMax % NanosPerSecond);
        // An interrupted park is a short park; the result says nothing else.
        _ = NanoSleep(&park, null);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long WaitForAny(
        long number, FutexWaiter* waiters, uint count, uint flags, TimeSpec* deadline, long clock);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long WakeOne(long number, int* word, long operation, long count);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(TimeSpec* requested, TimeSpec* remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);

    /// <summary>struct futex_waitv of linux/futex.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FutexWaiter
    {
        public ulong Value;
        public ulong Address;
        public uint Flags;
        public uint Reserved;
    }
}
