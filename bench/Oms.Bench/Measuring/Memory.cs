using System.Globalization;

namespace Oms.Bench.Measuring;

/// <summary>This process's memory.</summary>
internal static class Memory
{
    /// <summary>What of it is resident, in MB of 2^20 bytes.</summary>
    public static double ResidentMegabytes()
    {
        string line = File.ReadLines("/proc/self/status")
            .First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        string kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0;
    }
}
