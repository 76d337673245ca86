using System.Globalization;

namespace Oms.Bench.Measuring;

/// <summary>A process's memory.</summary>
internal static class Memory
{
    /// <summary>What of this process is resident, in MB of 2^20 bytes.</summary>
    public static double ResidentMegabytes() => ResidentMegabytes("self");

    /// <inheritdoc cref="ResidentMegabytes()"/>
    public static double ResidentMegabytes(int pid) =>
        ResidentMegabytes(pid.ToString(CultureInfo.InvariantCulture));

    private static double ResidentMegabytes(string process)
    {
        string line = File.ReadLines($"/proc/{process}/status")
            .First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        string kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0;
    }
}
