using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.SharedMemory.Tests;

/// <summary>A region of its own, removed in the end.</summary>
internal sealed class TestRegion : IDisposable
{
    public TestRegion()
    {
        DataFolder = Directory.CreateTempSubdirectory("oms-region-").FullName;
        Region = SharedRegion.ForDataFolder(DataFolder);
    }

    public string DataFolder { get; }

    public SharedRegion Region { get; }

    /// <summary>Makes a ring and returns its path.</summary>
    public string Ring(string name = "ring", int capacityBytes = 4096)
    {
        string path = Region.RingPath(name);
        RingFile.CreateIfAbsent(path, capacityBytes, incarnation: 1);
        return path;
    }

    public static void Overwrite(string path, long offset, params byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = offset;
        stream.Write(bytes);
    }

    public void Dispose()
    {
        Region.Delete();
        Directory.Delete(DataFolder, recursive: true);
    }
}
