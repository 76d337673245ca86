using System.IO.Hashing;
using System.Text;

namespace Oms.SharedMemory.Regions;

/// <summary>
/// The folder in <c>/dev/shm</c> in which the processes of one deployment meet. Named after the data
/// folder, so that two deployments on a host never share a byte.
/// </summary>
public sealed class SharedRegion
{
    private const string Root = "/dev/shm";

    private SharedRegion(string path) => Path = path;

    public string Path { get; }

    /// <summary>The region of a data folder; the folder is created if it is not there.</summary>
    public static SharedRegion ForDataFolder(string dataFolder)
    {
        string path = PathFor(dataFolder);
        _ = Directory.CreateDirectory(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path);
    }

    /// <summary>The region of a data folder; null where there is none.</summary>
    public static SharedRegion? Find(string dataFolder)
    {
        string path = PathFor(dataFolder);
        return Directory.Exists(path) ? new(path) : null;
    }

    public string RingPath(string ring) => System.IO.Path.Combine(Path, ring + ".ring");

    public string CountersPath(string name) => System.IO.Path.Combine(Path, name + ".counters");

    public string BlockPath(string block) => System.IO.Path.Combine(Path, block + ".block");

    public string TablePath(string table) => System.IO.Path.Combine(Path, table + ".table");

    /// <summary>
    /// Removes the folder and all in it. Only when every process of the deployment has ended.
    /// </summary>
    public void Delete()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string PathFor(string dataFolder)
    {
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(dataFolder));
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(full));
        return System.IO.Path.Combine(Root, $"cryptooms-{hash:x16}");
    }
}
