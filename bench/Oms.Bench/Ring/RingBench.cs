using System.Diagnostics;
using Oms.Bench.Measuring;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Bench.Ring;

/// <summary>Messages of 128 bytes between two pinned processes, through a ring there and a ring back.</summary>
internal static class RingBench
{
    public const string ToPeer = "to-peer";
    public const string ToClient = "to-client";

    /// <summary>Correlation ids that mean something to the peer; it echoes all others.</summary>
    public const long NotEchoed = 0;
    public const long Quit = -1;

    private const int CapacityBytes = 1 << 20;
    private const int WarmUpTurns = 300_000;

    public static RingResult Run(int turns, int messages)
    {
        var distance = CoreDistance.Measure();
        string folder = Directory.CreateTempSubdirectory("oms-bench-").FullName;
        SharedRegion region = SharedRegion.ForDataFolder(folder);
        try
        {
            RingFile.CreateIfAbsent(region.RingPath(ToPeer), CapacityBytes, 1);
            RingFile.CreateIfAbsent(region.RingPath(ToClient), CapacityBytes, 1);
            using var peer = Child.Start(Environment.ProcessPath!, RingPeer.Name, folder);
            using var writer = RingWriter.Attach(region.RingPath(ToPeer));
            using var reader = RingReader.Attach(region.RingPath(ToClient));
            int core = Core.TakeFirst();
            OtherCpuUse others = new();
            _ = PingPong(writer, reader, WarmUpTurns);
            Latencies latencies = PingPong(writer, reader, turns);
            _ = Stream(writer, reader, messages / 10);
            double rate = Stream(writer, reader, messages);
            double rss = Memory.ResidentMegabytes();
            Send(writer, Quit);
            return new()
            {
                Turns = turns,
                Messages = messages,
                RttNsP50 = latencies.P50,
                RttNsP90 = latencies.P90,
                RttNsP99 = latencies.P99,
                RttNsP999 = latencies.P999,
                RttNsMax = latencies.Max,
                OpsPerS = rate,
                Mode = distance.Mode,
                ModeRttNs = distance.RttNs,
                Core = core,
                RssMb = rss,
                OthersCpuPercent = others.Percent(),
            };
        }
        finally
        {
            region.Delete();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One message outstanding.</summary>
    private static Latencies PingPong(RingWriter writer, RingReader reader, int turns)
    {
        long[] ticks = new long[turns];
        for (int turn = 0; turn < turns; turn++)
        {
            long before = Stopwatch.GetTimestamp();
            Send(writer, turn + 1);
            ReadOnlySpan<byte> echo;
            while (!reader.TryRead(out echo))
            {
                Thread.SpinWait(0);
            }

            ticks[turn] = Stopwatch.GetTimestamp() - before;
            Invariant.Holds(MessageBytes.As<CancelOrder>(echo).CorrelationId == turn + 1);
        }

        return Latencies.Of(ticks);
    }

    /// <summary>As many as the ring takes, one way; the last is answered.</summary>
    private static double Stream(RingWriter writer, RingReader reader, int messages)
    {
        long began = Stopwatch.GetTimestamp();
        for (int message = 1; message < messages; message++)
        {
            Send(writer, NotEchoed);
        }

        Send(writer, messages);
        while (!reader.TryRead(out _))
        {
            Thread.SpinWait(0);
        }

        return messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Send(RingWriter writer, long correlationId)
    {
        var message = new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(),
            ClientOrderId = default,
            OrderId = OrderId.None,
            CorrelationId = correlationId,
        };
        while (writer.Offer(in message) != OfferResult.Accepted)
        {
            Thread.SpinWait(0);
        }
    }
}
