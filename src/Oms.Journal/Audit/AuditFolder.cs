using System.Globalization;

namespace Oms.Journal.Audit;

/// <summary>Where the audit log lies: one file a day (UTC), read in the order of their names.</summary>
internal static class AuditFolder
{
    public static string FileOf(string folder, DateTimeOffset time) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"audit-{time.UtcDateTime:yyyy-MM-dd}.jsonl"));

    public static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "audit-*.jsonl").Order(StringComparer.Ordinal)
        : [];
}
