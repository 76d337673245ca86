using System.Numerics;

namespace Oms.SharedMemory.Counters;

/// <summary>
/// Buckets for durations of any length that are at most an eighth wide: sixteen for the first sixteen
/// nanoseconds, then eight for each doubling.
/// </summary>
public static class DurationBuckets
{
    private const int SubBits = 3;
    private const int Exact = 1 << (SubBits + 1);

    /// <summary>The last one holds all above 2^40 ns, some eighteen minutes.</summary>
    public const int Count = Exact + ((40 - SubBits - 1) << SubBits);

    /// <param name="nanos">Below zero counts as zero.</param>
    public static int IndexOf(long nanos)
    {
        if (nanos < Exact)
        {
            return (int)Math.Max(0, nanos);
        }

        int power = BitOperations.Log2((ulong)nanos);
        int sub = (int)(nanos >> (power - SubBits)) & ((1 << SubBits) - 1);
        return Math.Min(Exact + ((power - SubBits - 1) << SubBits) + sub, Count - 1);
    }

    /// <summary>The longest duration that a bucket holds, nanoseconds.</summary>
    public static long LongestIn(int index)
    {
        if (index < Exact)
        {
            return index;
        }

        int power = ((index - Exact) >> SubBits) + SubBits + 1;
        long sub = (index - Exact) & ((1 << SubBits) - 1);
        return (1L << power) + ((sub + 1) << (power - SubBits)) - 1;
    }
}
