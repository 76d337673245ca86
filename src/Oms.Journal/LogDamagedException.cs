namespace Oms.Journal;

/// <summary>The log is damaged other than by a torn tail. Nothing was changed: somebody must look.</summary>
public sealed class LogDamagedException(string path, long offsetBytes, string problem)
    : Exception($"{path} is damaged at byte {offsetBytes}: {problem}")
{
    public string Path { get; } = path;

    public long OffsetBytes { get; } = offsetBytes;
}
