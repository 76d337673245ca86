using System.Diagnostics;
using Oms.Bench.Measuring;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Bench.FastPath;

/// <summary>
/// The whole path between two pinned processes: order, ring, log, risk, match, log, ring, last report of the order.
/// Every other order rests, and the next one trades with it.
/// </summary>
internal sealed class FastPathBench : IDisposable
{
    private const int WarmUpOrders = 100_000;

    /// <summary>Orders whose reports fit the ring, with room to spare.</summary>
    private const int WindowMax = 128;

    private const long Price = 5_000_000;
    private const long Quantity = 1_000;
    private const int BeatEvery = 1 << 14;
    private const long LagBytesMax = 1 << 20;
    private const long FarPrice = 100_000;
    private const int FarPrices = 5_000;

    private readonly SharedRegion _region;
    private readonly ListingDirectory _directory;
    private readonly RingWriter _commands;
    private readonly RingReader _events;
    private readonly AccountId[] _accounts;
    private readonly InstrumentId[] _instruments;
    private readonly Desk.OrderMessages _messages = new();
    private long _placed;
    private long _answered;
    private int _turns;
    private bool _missed;

    private FastPathBench(BenchDeployment deployment)
    {
        _region = deployment.Region;
        _directory = new ListingDirectory(_region);
        _accounts =
        [
            .. _directory.Accounts
                .Where(account => account.Exchange.ToString() == BenchDeployment.Exchange)
                .Select(account => account.Header.AccountId),
        ];
        Invariant.Holds(_accounts.Length == BenchDeployment.AccountCount);
        _instruments =
        [
            .. _directory.Instruments
                .Where(instrument => instrument.Exchange.ToString() == BenchDeployment.Exchange)
                .Select(instrument => instrument.InstrumentId),
        ];
        Invariant.Holds(_instruments.Length == BenchDeployment.InstrumentCount);
        _commands = RingWriter.Attach(_region.RingPath(RingTopology.StrategyCommands(0)));
        _events = RingReader.Attach(_region.RingPath(RingTopology.StrategyEvents(0)));
        _events.DiscardAll();
    }

    /// <param name="orders">In each part.</param>
    /// <param name="openSeconds">How long the open loop lasts; 0 for as many orders as the other parts have.</param>
    public static FastPathResult Run(string folder, int orders, int ratePerS, int openSeconds, int live)
    {
        int openOrders = openSeconds == 0 ? orders : checked(ratePerS * openSeconds);
        var distance = CoreDistance.Measure();
        using var deployment = BenchDeployment.Start(folder, live);
        using var bench = new FastPathBench(deployment);
        _ = Core.TakeFirst();
        bench.AwaitListening();
        bench.Rest(live);
        bench.AwaitDisk();
        _ = bench.Closed(WarmUpOrders);
        bench.AwaitDisk();
        _ = bench.Pipelined(WarmUpOrders);
        OtherCpuUse others = new();
        bench.AwaitDisk();
        CounterReading before = bench.Counters();
        Latencies closed = bench.Closed(orders);
        bench.AwaitDisk();
        double rate = bench.Pipelined(orders);
        bench.AwaitDisk();
        Latencies open = bench.Open(openOrders, ratePerS);
        CounterReading after = bench.Counters();
        return new()
        {
            Orders = orders,
            Accounts = bench._accounts.Length,
            Live = live,
            AllocatedBytesPerOp = (after[Counter.AllocatedBytes] - before[Counter.AllocatedBytes])
                / ((2.0 * orders) + openOrders),
            GarbageCollections = after[Counter.GarbageCollections] - before[Counter.GarbageCollections],
            RttNsP50 = closed.P50,
            RttNsP90 = closed.P90,
            RttNsP99 = closed.P99,
            RttNsP999 = closed.P999,
            RttNsMax = closed.Max,
            OpsPerS = rate,
            OpenRatePerS = ratePerS,
            OpenOrders = openOrders,
            OpenNsP50 = open.P50,
            OpenNsP90 = open.P90,
            OpenNsP99 = open.P99,
            OpenNsP999 = open.P999,
            OpenNsMax = open.Max,
            Mode = distance.Mode,
            ModeRttNs = distance.RttNs,
            RssMb = Memory.ResidentMegabytes(deployment.Pid),
            OthersCpuPercent = others.Percent(),
        };
    }

    public void Dispose()
    {
        _commands.Dispose();
        _events.Dispose();
        _directory.Dispose();
    }

    /// <summary>FastPath writes to a ring once it has seen that somebody reads it.</summary>
    private void AwaitListening()
    {
        while (!_events.TryRead(out _))
        {
            _events.Beat();
            _commands.Beat();
            Thread.Yield();
        }
    }

    /// <summary>Orders of all accounts in all instruments, far from the price of those that are measured.</summary>
    private void Rest(int orders)
    {
        long last = _placed + orders;
        while (_answered < last)
        {
            while (_placed < last && _placed - _answered < WindowMax)
            {
                long number = ++_placed;
                int account = (int)(number % _accounts.Length);
                int turn = (int)(number / _accounts.Length % BenchDeployment.InstrumentsPerAccount);
                Offer(_messages.Place(
                    _accounts[account],
                    _instruments[BenchDeployment.InstrumentOf(account, turn)],
                    number,
                    Side.Sell,
                    Price + FarPrice + (number % FarPrices),
                    1));
            }

            Read();
        }

        // A pair begins with an order that rests.
        Invariant.Holds(_placed % 2 == 0);
    }

    /// <summary>Until the disk has nearly all of the log: what one part wrote does not disturb the next.</summary>
    private void AwaitDisk()
    {
        while (Counters() is var counters
            && (counters[Counter.LogIsBehind] != 0 || counters[Counter.LogBytesNotDurable] > LagBytesMax))
        {
            Read();
        }
    }

    /// <summary>Counters once FastPath has set them again.</summary>
    private CounterReading Counters()
    {
        CounterReading reading = CounterReading.Take(_region, "fastpath")!;
        // The next may have begun before this look; the one after it has not.
        long wanted = reading[Counter.GaugesSet] + 2;
        while (reading[Counter.GaugesSet] < wanted)
        {
            _commands.Beat();
            _events.Beat();
            _ = Thread.Yield();
            reading = CounterReading.Take(_region, "fastpath")!;
        }

        return reading;
    }

    /// <summary>One order outstanding: from before it is written to its last report.</summary>
    private Latencies Closed(int orders)
    {
        long[] ticks = new long[orders];
        for (int order = 0; order < orders; order++)
        {
            long before = Stopwatch.GetTimestamp();
            Place();
            while (_answered < _placed)
            {
                Read();
            }

            ticks[order] = Stopwatch.GetTimestamp() - before;
        }

        return Latencies.Of(ticks);
    }

    /// <summary>As many orders outstanding as their reports have room for. Orders per second.</summary>
    private double Pipelined(int orders)
    {
        long began = Stopwatch.GetTimestamp();
        long last = _placed + orders;
        while (_answered < last)
        {
            while (_placed < last && _placed - _answered < WindowMax)
            {
                Place();
            }

            Read();
        }

        return orders / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>
    /// Orders at a rate, whatever becomes of those before: from when each was due to its last report.
    /// </summary>
    private Latencies Open(int orders, int ratePerS)
    {
        long[] ticks = new long[orders];
        long began = Stopwatch.GetTimestamp();
        long first = _placed;
        long seen = 0;
        long Due(long order) => began + (order * Stopwatch.Frequency / ratePerS);
        while (seen < orders)
        {
            while (_placed - first < orders && _placed - _answered < WindowMax
                && Stopwatch.GetTimestamp() >= Due(_placed - first))
            {
                Place();
            }

            Read();
            long now = Stopwatch.GetTimestamp();
            for (; seen < _answered - first; seen++)
            {
                ticks[seen] = now - Due(seen);
            }
        }

        return Latencies.Of(ticks);
    }

    private void Place()
    {
        bool isMaker = _placed % 2 == 0;
        // Each account sells to the next: none of them ever runs out.
        long account = (_placed + 1) / 2 % _accounts.Length;
        long number = ++_placed;
        Span<byte> order = _messages.Place(
            _accounts[account], _instruments[0], number, isMaker ? Side.Sell : Side.Buy, Price, Quantity);
        Offer(order);
    }

    private void Offer(ReadOnlySpan<byte> order)
    {
        while (_commands.Offer(order) != OfferResult.Accepted)
        {
            Read();
        }
    }

    /// <summary>
    /// Reads what is there. An order that rests is answered by its first report, the other by its trade.
    /// </summary>
    private void Read()
    {
        if (++_turns == BeatEvery)
        {
            _turns = 0;
            _commands.Beat();
            _events.Beat();
            if (_missed)
            {
                throw new InvalidOperationException("reports were missed: this process was held up for too long");
            }
        }

        while (_events.TryRead(out ReadOnlySpan<byte> said))
        {
            MessageKind kind = MessageBytes.Header(said).Kind;
            if (kind != MessageKind.ExecutionReport)
            {
                // What FastPath says to a reader that it lost.
                _missed |= kind == MessageKind.Tick;
                continue;
            }

            ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(said);
            bool isLast = report.Terms.Side == Side.Sell
                ? report.ExecutionType == ExecutionType.New
                : report.ExecutionType == ExecutionType.Trade;
            if (isLast)
            {
                _answered++;
            }
            else if (report.RejectReason == RejectReason.LogBehind)
            {
                throw new InvalidOperationException(
                    "the disk does not take the log as fast as it is written: ask for fewer --orders");
            }
            else if (report.ExecutionType == ExecutionType.Rejected)
            {
                throw new InvalidOperationException(
                    $"FastPath refuses order {report.ClientOrderId} of {_placed}: {report.RejectReason}");
            }
        }
    }
}
