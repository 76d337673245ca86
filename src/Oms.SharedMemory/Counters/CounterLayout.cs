using Oms.Domain.Messages;

namespace Oms.SharedMemory.Counters;

/// <summary>
/// Where counters lie: 64-bit numbers in one file, written by one thread, read by anybody at any time.
/// <code>
///    0  magic | layout version | layout hash                     written once
///   64  counters, by <see cref="Counter"/>
///  576  execution reports, by <see cref="Domain.Orders.ExecutionType"/>
///  832  refusals, by <see cref="Domain.Orders.RejectReason"/>
/// 1856  inputs, by <see cref="MessageKind"/>
/// 2368  histograms, by <see cref="LatencyStage"/>: counts of durations, in buckets
/// </code>
/// </summary>
internal static class CounterLayout
{
    public const ulong MagicValue = 0x3152_544E434D4F; // "OMCNTR1"
    public const int CountersOffset = 64;
    public const int CountersMax = 64;
    public const int ExecutionsOffset = CountersOffset + (CountersMax * sizeof(long));
    public const int ExecutionsMax = 32;
    public const int RefusalsOffset = ExecutionsOffset + (ExecutionsMax * sizeof(long));
    public const int RefusalsMax = 128;
    public const int InputsOffset = RefusalsOffset + (RefusalsMax * sizeof(long));
    public const int InputsMax = 64;
    public const int HistogramsOffset = InputsOffset + (InputsMax * sizeof(long));
    public const int StagesMax = 8;
    public const int LengthBytes =
        HistogramsOffset + (StagesMax * DurationBuckets.Count * sizeof(long));

    public static bool Matches(ReadOnlySpan<byte> file) => file.Length == LengthBytes
        && BitConverter.ToUInt64(file) == MagicValue
        && BitConverter.ToInt32(file[8..]) == MessageLayout.Version
        && BitConverter.ToUInt64(file[16..]) == MessageLayout.Hash;
}
