using System.Diagnostics;
using Oms.Bench.Measuring;
using Oms.Bench.Workloads;

namespace Oms.Bench.Engine;

/// <summary>
/// Commands through books, one thread, events out; our books and those of ordinary collections in turns, so
/// that whatever disturbs the machine disturbs both.
/// </summary>
internal sealed class EngineBench
{
    private const ulong WarmUpSeed = 0x9e3779b97f4a7c15;
    private const int WarmUpCommands = 250_000;

    /// <summary>The compiler's last word comes late: it counts calls first, and waits for a pause.</summary>
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(4);

    private readonly EngineSettings _settings;
    private readonly Workload _workload;
    private readonly List<EnginePass> _ours = [];
    private readonly List<EnginePass> _ordinary = [];

    private EngineBench(EngineSettings settings)
    {
        _settings = settings;
        _workload = new Workload(settings.Symbols, settings.Depth, settings.Count, settings.Seed);
    }

    public static EngineResult Run(EngineSettings settings)
    {
        int core = Core.TakeLast();
        EngineBench bench = new(settings);
        bench.WarmUp(new Workload(settings.Symbols, settings.Depth, WarmUpCommands, WarmUpSeed));
        OtherCpuUse others = new();
        double residentMegabytes = bench.TimeInTurns();
        double othersCpuPercent = others.Percent();
        return bench.Result() with
        {
            RssMb = residentMegabytes, OthersCpuPercent = othersCpuPercent, Core = core,
        };
    }

    /// <summary>All that is timed later, on commands that are not.</summary>
    private void WarmUp(Workload workload)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < WarmUpTime)
        {
            using IBooks timed = Books(workload);
            _ = EnginePass.Timed(timed, workload);
            using var ordinary = new OrdinaryBooks(workload);
            _ = EnginePass.Timed(ordinary, workload);
            using IBooks sampled = Books(workload);
            _ = EnginePass.Sampled(sampled, workload);
        }
    }

    private IBooks Books(Workload workload) => _settings.IsFull
        ? new FullEngine(workload)
        : new MatchingBooks(workload, _settings.TickSize);

    /// <returns>What was resident with our books in use, in MB.</returns>
    private double TimeInTurns()
    {
        double residentMegabytes = 0;
        for (int pass = 0; pass < _settings.Passes; pass++)
        {
            using IBooks books = Books(_workload);
            GC.Collect();
            _ours.Add(EnginePass.Timed(books, _workload));
            residentMegabytes = Memory.ResidentMegabytes();
            using OrdinaryBooks ordinary = new(_workload);
            GC.Collect();
            _ordinary.Add(EnginePass.Timed(ordinary, _workload));
        }

        return residentMegabytes;
    }

    private EngineResult Result()
    {
        using IBooks books = Books(_workload);
        EventTotals totals = EnginePass.Counted(books, _workload);
        string streamHash = _workload.Checksum().ToString();
        string bookHash = BookHash(books);
        var published = PublishedResult.Find(
            _settings.Symbols, _settings.Depth, _settings.Count, _settings.Seed);
        using IBooks sampled = Books(_workload);
        Latencies latencies = EnginePass.Sampled(sampled, _workload);
        double nanos = Samples.Median(_ours.Select(pass => pass.NanosPerCommand));
        return new EngineResult
        {
            Symbols = _settings.Symbols,
            Depth = _settings.Depth,
            Count = _settings.Count,
            Seed = _settings.Seed,
            Passes = _settings.Passes,
            TickSize = _settings.TickSize,
            IsFull = _settings.IsFull,
            NsPerOp = nanos,
            NsPerOpMin = _ours.Min(pass => pass.NanosPerCommand),
            NsPerOpMax = _ours.Max(pass => pass.NanosPerCommand),
            CpuNsPerOp = Samples.Median(_ours.Select(pass => pass.CpuNanosPerCommand)),
            OpsPerS = 1e9 / nanos,
            NsP50 = latencies.P50,
            NsP90 = latencies.P90,
            NsP99 = latencies.P99,
            NsP999 = latencies.P999,
            NsMax = latencies.Max,
            OrdinaryNsPerOp = Samples.Median(_ordinary.Select(pass => pass.NanosPerCommand)),
            Ratio = Samples.Median(
                _ours.Zip(_ordinary, (our, other) => our.NanosPerCommand / other.NanosPerCommand)),
            StreamHash = streamHash,
            TradeHash = totals.TradeHash,
            BookHash = bookHash,
            IsAsPublished = published is null
                ? null
                : (published.StreamHash, published.TradeHash, published.BookHash)
                    == (streamHash, totals.TradeHash, bookHash),
            IsSameInAllPasses = _ours.Concat(_ordinary).All(pass => pass.Digest == totals.Digest),
            Trades = totals.Trades,
            Quantity = totals.Quantity,
            Notional = totals.Notional,
            Hits = totals.Hits,
            Misses = totals.Misses,
            Resting = books.OrderCount,
            AllocatedBytesPerOp = _ours.Max(pass => pass.AllocatedBytes) / (double)_settings.Count,
        };
    }

    /// <summary>Of all levels: the bids and then the asks of each symbol, best first.</summary>
    private string BookHash(IBooks books)
    {
        Checksum checksum = new();
        for (int book = 0; book < 2 * _settings.Symbols; book++)
        {
            foreach ((long price, long quantity) in books.Levels(book / 2, book % 2))
            {
                checksum.Fold(book);
                checksum.Fold(price);
                checksum.Fold(quantity);
            }
        }

        return checksum.ToString();
    }
}
