using Oms.Domain.Configuration;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// What a polling thread does between two looks: nothing while there is work; then spin, then yield, then
/// park for longer and longer, up to a limit. With <see cref="IdlePolicy.Spin"/> it only spins.
/// </summary>
/// <param name="parkNanosMax">
/// Null for <see cref="ParkNanosMaxOfWoken"/> with a park, and <see cref="ParkNanosMax"/> without.
/// </param>
/// <param name="park">Where it parks, and what wakes it; null when nothing but time does.</param>
public sealed class BackoffIdleStrategy(IdlePolicy policy, long? parkNanosMax = null, RingPark? park = null)
{
    public const int SpinsMax = 64;
    public const int YieldsMax = 16;
    public const long ParkNanosMin = 20_000;
    public const long ParkNanosMax = 400_000;

    /// <summary>
    /// Of who is woken: only a call that is missed waits so long. A process with nothing to do wakes a fifth as often.
    /// </summary>
    public const long ParkNanosMaxOfWoken = 2_000_000;

    private readonly long _parkNanosMax = parkNanosMax ?? (park is null ? ParkNanosMax : ParkNanosMaxOfWoken);
    private readonly RingPark _park = park ?? new();
    private int _idleCount;
    private long _parkNanos = ParkNanosMin;

    /// <param name="workCount">What the last look found; 0 is idle.</param>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            GoOn();
        }
        else if (policy == IdlePolicy.Spin)
        {
            // The shortest that lets a sibling thread of the core work: what comes meanwhile waits for its end.
            Thread.SpinWait(1);
        }
        else if (_idleCount < SpinsMax)
        {
            _idleCount++;
            Thread.SpinWait(8);
        }
        else if (_idleCount < SpinsMax + YieldsMax)
        {
            _idleCount++;
            _park.BeforeLook();
            _ = Thread.Yield();
        }
        else if (_park.Sleep(_parkNanos))
        {
            GoOn();
        }
        else
        {
            _parkNanos = Math.Min(_parkNanos * 2, _parkNanosMax);
        }
    }

    private void GoOn()
    {
        _idleCount = 0;
        _parkNanos = ParkNanosMin;
    }
}
