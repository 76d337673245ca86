using System.Runtime.InteropServices;
using Oms.Domain.Configuration;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// What a polling thread does between two looks: nothing while there is work; then spin, then yield, then
/// park for longer and longer, up to a limit. With <see cref="IdlePolicy.Spin"/> it only spins.
/// </summary>
public sealed partial class BackoffIdleStrategy(
    IdlePolicy policy, long parkNanosMax = BackoffIdleStrategy.ParkNanosMax)
{
    public const int SpinsMax = 64;
    public const int YieldsMax = 16;
    public const long ParkNanosMin = 20_000;
    public const long ParkNanosMax = 400_000;

    private int _idleCount;
    private long _parkNanos = ParkNanosMin;

    /// <param name="workCount">What the last look found; 0 is idle.</param>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            _idleCount = 0;
            _parkNanos = ParkNanosMin;
            return;
        }

        if (policy == IdlePolicy.Spin || _idleCount < SpinsMax)
        {
            _idleCount = Math.Min(_idleCount + 1, SpinsMax);
            Thread.SpinWait(8);
        }
        else if (_idleCount < SpinsMax + YieldsMax)
        {
            _idleCount++;
            _ = Thread.Yield();
        }
        else
        {
            var park = new TimeSpec(0, _parkNanos);
            // An interrupted park is a short park; the result says nothing else.
            _ = NanoSleep(in park, IntPtr.Zero);
            _parkNanos = Math.Min(_parkNanos * 2, parkNanosMax);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec requested, IntPtr remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
