using System.Diagnostics;
using System.Globalization;

namespace Oms.Bench.Measuring;

/// <summary>
/// How busy everybody else kept the machine since this was created: a figure taken beside others is worth
/// less.
/// </summary>
internal sealed class OtherCpuUse
{
    private const double TicksPerSecond = 100;

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly double _busySeconds = BusySeconds();
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;

    /// <summary>100 is one core, all the time.</summary>
    public double Percent()
    {
        double elapsed = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        double own = (Environment.CpuUsage.TotalTime - _own).TotalSeconds;
        return Math.Max(0, (BusySeconds() - _busySeconds - own) / elapsed * 100);
    }

    /// <summary>
    /// The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
    /// </summary>
    private static double BusySeconds()
    {
        long[] ticks =
        [
            .. File.ReadLines("/proc/stat").First()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(text => long.Parse(text, CultureInfo.InvariantCulture)),
        ];
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / TicksPerSecond;
    }
}
