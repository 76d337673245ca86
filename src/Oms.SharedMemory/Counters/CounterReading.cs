using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Counters;

/// <summary>
/// All counters as they stood at one moment; each number is whole, and they are read one after the other.
/// </summary>
public sealed unsafe class CounterReading
{
    private readonly long[] _numbers;

    private CounterReading(long[] numbers) => _numbers = numbers;

    /// <summary>Null when nobody ever counted.</summary>
    /// <exception cref="LayoutMismatchException">Another version made the file.</exception>
    public static CounterReading? Take(SharedRegion region, string name)
    {
        string path = region.CountersPath(name);
        if (!File.Exists(path))
        {
            return null;
        }

        using MappedFile file = MappedFile.Open(path);
        if (!CounterLayout.Matches(new ReadOnlySpan<byte>(file.Start, (int)file.LengthBytes)))
        {
            throw new LayoutMismatchException(
                $"{path} does not hold counters of layout {MessageLayout.Version}/{MessageLayout.Hash:x16}");
        }

        var numbers = new long[CounterLayout.LengthBytes / sizeof(long)];
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = Volatile.Read(ref ((long*)file.Start)[index]);
        }

        return new(numbers);
    }

    public long this[Counter counter] => At(CounterLayout.CountersOffset, (int)counter);

    public long this[ExecutionType type] => At(CounterLayout.ExecutionsOffset, (int)type);

    public long this[RejectReason reason] => At(CounterLayout.RefusalsOffset, (int)reason);

    public long this[MessageKind input] => At(CounterLayout.InputsOffset, (int)input);

    /// <summary>How many durations of a stage were counted.</summary>
    /// <param name="since">An earlier reading: only what came after it; null for all.</param>
    public long CountOf(LatencyStage stage, CounterReading? since = null)
    {
        long count = 0;
        for (int bucket = 0; bucket < DurationBuckets.Count; bucket++)
        {
            count += BucketOf(stage, bucket, since);
        }

        return count;
    }

    /// <summary>How many durations of a stage were at most so long, to the width of a bucket.</summary>
    public long CountUpTo(LatencyStage stage, long nanos)
    {
        long count = 0;
        for (int bucket = 0; bucket < DurationBuckets.Count && DurationBuckets.LongestIn(bucket) <= nanos; bucket++)
        {
            count += BucketOf(stage, bucket, null);
        }

        return count;
    }

    /// <summary>
    /// The duration that this share of all does not exceed, to an eighth, nanoseconds; 0 when there is none.
    /// </summary>
    /// <param name="perMille">500 is the median.</param>
    /// <inheritdoc cref="CountOf"/>
    public long NanosAt(LatencyStage stage, int perMille, CounterReading? since = null)
    {
        long rank = ((CountOf(stage, since) * perMille) + 999) / 1000;
        long seen = 0;
        for (int bucket = 0; bucket < DurationBuckets.Count && rank > 0; bucket++)
        {
            seen += BucketOf(stage, bucket, since);
            if (seen >= rank)
            {
                return DurationBuckets.LongestIn(bucket);
            }
        }

        return 0;
    }

    private long BucketOf(LatencyStage stage, int bucket, CounterReading? since)
    {
        int index = ((int)stage * DurationBuckets.Count) + bucket;
        return At(CounterLayout.HistogramsOffset, index)
            - (since?.At(CounterLayout.HistogramsOffset, index) ?? 0);
    }

    private long At(int offset, int index) => _numbers[(offset / sizeof(long)) + index];
}
