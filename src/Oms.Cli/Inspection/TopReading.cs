using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Cli.Inspection;

/// <summary>Reads counters and rings out of shared memory, twice, and tells what happened in between.</summary>
internal sealed class TopReading
{
    private static readonly Counter[] Gauges =
    [
        Counter.LiveOrders, Counter.RequestsWaiting, Counter.LogBytesNotDurable, Counter.LogIsBehind,
        Counter.ProducersAlive, Counter.InputsRefused, Counter.EventsMissed, Counter.ReportsOfUnknownOrders,
        Counter.TradesNotBookable, Counter.LateFills, Counter.AllocatedBytes, Counter.GarbageCollections,
    ];

    private readonly SharedRegion _region;
    private readonly CounterReading _counters;
    private readonly long _takenTicks = Stopwatch.GetTimestamp();

    private TopReading(SharedRegion region, CounterReading counters) => (_region, _counters) = (region, counters);

    public static RefusedException NothingToRead =>
        new("FastPath has not run here yet: there is nothing to read");

    /// <exception cref="RefusedException">FastPath never ran on this data folder.</exception>
    public static TopReading Take(SharedRegion region) => CounterReading.Take(region, "fastpath") is { } counters
        ? new(region, counters)
        : throw NothingToRead;

    public TopReport Since(TopReading earlier)
    {
        double seconds = Stopwatch.GetElapsedTime(earlier._takenTicks, _takenTicks).TotalSeconds;
        double PerSecond(Counter counter) =>
            Math.Round((_counters[counter] - earlier._counters[counter]) / seconds, 1);
        long cycles = _counters[Counter.Cycles] - earlier._counters[Counter.Cycles];
        long busy = _counters[Counter.BusyCycles] - earlier._counters[Counter.BusyCycles];
        return new()
        {
            IntervalSeconds = Math.Round(seconds, 3),
            InputsPerSecond = PerSecond(Counter.Inputs),
            EventsPerSecond = PerSecond(Counter.Events),
            RequestsPerSecond = PerSecond(Counter.Requests),
            BusyPercent = cycles == 0 ? 0 : Math.Round(100.0 * busy / cycles, 2),
            CycleNsLongest = _counters[Counter.CycleNanosLongest],
            Now = Gauges.ToImmutableSortedDictionary(NameOf, counter => _counters[counter]),
            Inputs = Counts<MessageKind>(kind => MessageKinds.IsInput(kind)
                ? _counters[kind] - earlier._counters[kind]
                : 0),
            Executions = Counts<ExecutionType>(type => _counters[type] - earlier._counters[type]),
            Rejects = Counts<RejectReason>(reason => _counters[reason]),
            Stages =
            [
                .. Enum.GetValues<LatencyStage>().Select(stage => new StageRow(
                    NameOf(stage),
                    _counters.CountOf(stage, earlier._counters),
                    _counters.NanosAt(stage, 500, earlier._counters),
                    _counters.NanosAt(stage, 990, earlier._counters),
                    _counters.NanosAt(stage, 999, earlier._counters),
                    _counters.NanosAt(stage, 1000, earlier._counters))),
            ],
            Rings =
            [
                .. Directory.EnumerateFiles(_region.Path, "*.ring").Order(StringComparer.Ordinal)
                    .Select(Of)
                    .OfType<RingRow>(),
            ],
        };
    }

    private static ImmutableSortedDictionary<string, long> Counts<TEnum>(Func<TEnum, long> count)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>()
            .Select(value => (Name: NameOf(value), Count: count(value)))
            .Where(value => value.Count != 0)
            .ToImmutableSortedDictionary(value => value.Name, value => value.Count);

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Null for a ring that is kept for a strategy that never came.</summary>
    private static RingRow? Of(string path)
    {
        using RingFile ring = RingFile.Open(path);
        return ring.WasUsed
            ? new(
                Path.GetFileNameWithoutExtension(path), ring.DepthBytes, ring.CapacityBytes, ring.IsWriterAlive,
                ring.IsReaderAlive)
            : null;
    }
}
