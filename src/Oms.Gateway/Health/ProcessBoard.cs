using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Gateway.Health;

/// <summary>The processes of the deployment, each in its own words.</summary>
internal sealed class ProcessBoard(SharedRegion region)
{
    private const string Suffix = ".health";

    /// <summary>By role; also those that died, with an old heartbeat.</summary>
    public IEnumerable<ProcessHealth> All => Directory
        .EnumerateFiles(region.Path, "*" + Suffix)
        .Select(path => Path.GetFileName(path)[..^Suffix.Length])
        .Order(StringComparer.Ordinal)
        .Select(Find)
        .OfType<ProcessHealth>();

    /// <summary>Null when there never was one.</summary>
    public ProcessHealth? Find(string role) => HealthFile.Read(region, role);

    /// <summary>In lower case; <c>silent</c> for one that has not been heard for a while.</summary>
    public static string TextOf(ProcessHealth process) =>
        process.IsFresh ? process.State.ToString().ToLowerInvariant() : "silent";
}
