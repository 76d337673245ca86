using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Oms.Domain.Orders;
using Oms.Gateway.Api;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Gateway.Metrics;

/// <summary>
/// FastPath's counters, histograms and rings, read out of shared memory when somebody asks: FastPath does not notice.
/// </summary>
internal sealed class FastPathMeter : IDisposable
{
    private const string FastPath = "fastpath";

    /// <summary>Upper bounds in nanoseconds: from a quarter of a microsecond, doubling, to half a second.</summary>
    private static readonly long[] Bounds = [.. Enumerable.Range(0, 22).Select(power => 250L << power)];

    private static readonly Counter[] Gauges =
    [
        Counter.LiveOrders, Counter.RequestsWaiting, Counter.LogBytesNotDurable, Counter.LogIsBehind,
        Counter.ProducersAlive, Counter.AllocatedBytes, Counter.CycleNanosLongest,
    ];

    private readonly Meter _meter = new(OmsMeter.Name + ".FastPath");
    private readonly SharedRegion _region;

    public FastPathMeter(SharedRegion region)
    {
        _region = region;
        _ = _meter.CreateObservableCounter("oms.fastpath.events", Counts);
        _ = _meter.CreateObservableGauge("oms.fastpath.state", States);
        _ = _meter.CreateObservableCounter("oms.fastpath.executions", Executions);
        _ = _meter.CreateObservableCounter("oms.fastpath.rejects", Rejects);
        _ = _meter.CreateObservableCounter("oms.stage.duration.bucket", Buckets);
        _ = _meter.CreateObservableGauge("oms.ring.lag", RingLag, unit: "By");
        _ = _meter.CreateObservableGauge("oms.ring.capacity", RingCapacity, unit: "By");
    }

    /// <summary>The counters now; null before FastPath ever ran.</summary>
    public CounterReading? Reading => CounterReading.Take(_region, FastPath);

    /// <summary>How a counter, stage, or reason is called outside.</summary>
    public static string TextOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private IEnumerable<Measurement<long>> Counts() => Of(
        "kind", Enum.GetValues<Counter>().Except(Gauges), (reading, counter) => reading[counter]);

    private IEnumerable<Measurement<long>> States() => Of("kind", Gauges, (reading, counter) => reading[counter]);

    private IEnumerable<Measurement<long>> Executions() =>
        Of("type", Enum.GetValues<ExecutionType>(), (reading, type) => reading[type]);

    private IEnumerable<Measurement<long>> Rejects()
    {
        CounterReading? reading = Reading;
        return reading is null
            ? []
            : Enum.GetValues<RejectReason>()
                .Where(reason => reason != RejectReason.None && reading[reason] > 0)
                .Select(reason => new Measurement<long>(reading[reason], Label("reason", ReasonText.Of(reason))));
    }

    private IEnumerable<Measurement<long>> Of<TEnum>(
        string label, IEnumerable<TEnum> values, Func<CounterReading, TEnum, long> count)
        where TEnum : struct, Enum
    {
        CounterReading? reading = Reading;
        return reading is null
            ? []
            : values.Select(value => new Measurement<long>(count(reading, value), Label(label, TextOf(value))));
    }

    /// <summary>Cumulative counts by upper bound, as a histogram has them; the last bound is all.</summary>
    private IEnumerable<Measurement<long>> Buckets()
    {
        if (Reading is not { } reading)
        {
            yield break;
        }

        foreach (LatencyStage stage in Enum.GetValues<LatencyStage>())
        {
            foreach (long bound in Bounds)
            {
                string seconds = (bound / 1e9).ToString("0.#########", CultureInfo.InvariantCulture);
                yield return new(
                    reading.CountUpTo(stage, bound), Label("stage", TextOf(stage)), Label("le", seconds));
            }

            yield return new(reading.CountOf(stage), Label("stage", TextOf(stage)), Label("le", "+Inf"));
        }
    }

    private IEnumerable<Measurement<long>> RingLag() =>
        Rings().Select(ring => new Measurement<long>(ring.DepthBytes, Label("ring", ring.Name)));

    private IEnumerable<Measurement<long>> RingCapacity() =>
        Rings().Select(ring => new Measurement<long>(ring.CapacityBytes, Label("ring", ring.Name)));

    /// <summary>Rings that both of their ends have come to.</summary>
    public IReadOnlyList<RingState> Rings()
    {
        var rings = new List<RingState>();
        foreach (string path in Directory.EnumerateFiles(_region.Path, "*.ring").Order(StringComparer.Ordinal))
        {
            using RingFile ring = RingFile.Open(path);
            if (ring.WasUsed)
            {
                rings.Add(new(
                    Path.GetFileNameWithoutExtension(path), ring.DepthBytes, ring.CapacityBytes, ring.IsWriterAlive,
                    ring.IsReaderAlive));
            }
        }

        return rings;
    }
}
