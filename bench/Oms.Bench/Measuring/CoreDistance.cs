using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Oms.Bench.Measuring;

/// <summary>
/// How far the first and the last core are from each other: one line of memory goes to and fro. Virtual machines
/// move between neighbours that share a core and such that do not, by themselves.
/// </summary>
/// <param name="RttNs">Of one turn, there and back, the median.</param>
internal sealed record CoreDistance(long RttNs)
{
    private const int Turns = 200_000;
    private const long NearNanosMax = 250;

    /// <summary>near or far.</summary>
    public string Mode => RttNs <= NearNanosMax ? "near" : "far";

    public static CoreDistance Measure()
    {
        if (Core.All.Length < 2)
        {
            throw new InvalidOperationException("this takes two cores, and here is one");
        }

        var line = new Line();
        var echo = new Thread(() => Echo(line)) { IsBackground = true };
        long[] ticks = new long[Turns];
        var caller = new Thread(() => Call(line, ticks));
        echo.Start();
        caller.Start();
        caller.Join();
        echo.Join();
        Array.Sort(ticks);
        return new(Samples.Quantile(ticks.AsSpan(), 0.5) * 1_000_000_000 / Stopwatch.Frequency);
    }

    private static void Echo(Line line)
    {
        _ = Core.TakeLast();
        for (int turn = 1; turn <= Turns; turn++)
        {
            while (Volatile.Read(ref line.Call) != turn)
            {
                Thread.SpinWait(0);
            }

            Volatile.Write(ref line.Answer, turn);
        }
    }

    private static void Call(Line line, long[] ticks)
    {
        _ = Core.TakeFirst();
        for (int turn = 1; turn <= Turns; turn++)
        {
            long before = Stopwatch.GetTimestamp();
            Volatile.Write(ref line.Call, turn);
            while (Volatile.Read(ref line.Answer) != turn)
            {
                Thread.SpinWait(0);
            }

            ticks[turn - 1] = Stopwatch.GetTimestamp() - before;
        }
    }

    /// <summary>Both words in one line, and nothing else.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private sealed class Line
    {
        [FieldOffset(64)]
        public int Call;

        [FieldOffset(68)]
        public int Answer;
    }
}
