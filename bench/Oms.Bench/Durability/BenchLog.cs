using System.Diagnostics;
using System.Runtime.InteropServices;
using Oms.Bench.Desk;
using Oms.Bench.Measuring;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.FastPath;
using Oms.Journal;

namespace Oms.Bench.Durability;

/// <summary>
/// A log with its head in memory of this process, written by this thread on the last core, and copied to the disk by
/// FastPath's own copier thread on the others.
/// </summary>
internal sealed unsafe class BenchLog : IBenchLog, IDisposable
{
    public const int EventBytes = BalanceChanged.Length;

    private const int BatchEvents = 64;
    private const nuint PageBytes = 4096;

    private readonly void* _memory;
    private readonly LogHead _head;
    private readonly LogCopier _copier;
    private readonly CopierThread _thread;
    private long _sequence;
    private bool _isStopped;

    public BenchLog(string folder, long headBytes, long segmentBytes, bool isDisk)
    {
        long lengthBytes = LogHead.LengthFor(headBytes);
        _memory = NativeMemory.AlignedAlloc((nuint)lengthBytes, PageBytes);
        NativeMemory.Clear(_memory, (nuint)lengthBytes);
        _head = new LogHead((nint)_memory, lengthBytes, "memory");
        LogTail tail = LogRecovery.Recover(folder, _head, default, static _ => { });
        var settings = new LogSettings
        {
            SegmentBytes = segmentBytes,
            SyncInterval = isDisk ? TimeSpan.Zero : LogSettings.SyncIntervalOfMemory,
        };
        _copier = LogCopier.Open(folder, _head, tail, settings, TimeProvider.System);
        int core = Core.TakeLast();
        _thread = CopierThread.Start(
            _copier, isDisk ? Domain.Configuration.Durability.Disk : Domain.Configuration.Durability.Memory, core);
        Writer = new LogWriter(_head, tail.End);
    }

    public LogWriter Writer { get; }

    public void Commit()
    {
        Writer.Commit();
        while (!Writer.HasRoomFor(1 << 20))
        {
            Thread.SpinWait(0);
        }
    }

    /// <summary>As fast as the head takes them. Events per second, each in the log.</summary>
    public double Append(int events)
    {
        long began = Stopwatch.GetTimestamp();
        for (int done = 0; done < events; done += BatchEvents)
        {
            AppendBatch(Math.Min(BatchEvents, events - done));
        }

        return events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Events per second, each on the disk.</summary>
    public double AppendDurably(int events)
    {
        long began = Stopwatch.GetTimestamp();
        _ = Append(events);
        while (Writer.DurablePosition < Writer.End.Position)
        {
            Thread.SpinWait(0);
        }

        return events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>At a rate: from when an event was due until the disk has it.</summary>
    public Latencies AppendAt(int ratePerS, int events)
    {
        long[] ends = new long[events];
        long[] ticks = new long[events];
        long began = Stopwatch.GetTimestamp();
        long Due(int number) => began + (number * Stopwatch.Frequency / ratePerS);
        int appended = 0;
        for (int durable = 0; durable < events;)
        {
            long now = Stopwatch.GetTimestamp();
            bool isAny = false;
            for (; appended < events && Due(appended) <= now; appended++)
            {
                AppendOne();
                ends[appended] = Writer.End.Position;
                isAny = true;
            }

            if (isAny)
            {
                Writer.Commit();
            }

            long position = Writer.DurablePosition;
            now = Stopwatch.GetTimestamp();
            for (; durable < appended && ends[durable] <= position; durable++)
            {
                ticks[durable] = now - Due(durable);
            }
        }

        return Latencies.Of(ticks);
    }

    /// <summary>Returns when all of it is on the disk; nothing is written after it.</summary>
    public void Drain()
    {
        Stop();
        _copier.Drain();
    }

    public void Dispose()
    {
        Stop();
        _copier.Dispose();
        NativeMemory.AlignedFree(_memory);
    }

    private void Stop()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _thread.Dispose();
        }
    }

    private void AppendBatch(int events)
    {
        for (int index = 0; index < events; index++)
        {
            AppendOne();
        }

        Commit();
    }

    private void AppendOne()
    {
        var message = new BalanceChanged
        {
            Header = MessageHeader.For<BalanceChanged>(new AccountId(1)) with
            {
                LogSequence = ++_sequence, AccountSequence = _sequence, UnixNanos = _sequence,
            },
            AssetId = new(1),
            Wallet = Market.Spot,
            Change = BalanceChange.Filled,
            Free = _sequence,
            ReservedAmount = 0,
            InTransit = 0,
            OrderId = OrderId.None,
        };
        Writer.Append(MessageBytes.Of(in message));
    }
}
