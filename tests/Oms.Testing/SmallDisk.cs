using System.Globalization;

namespace Oms.Testing;

/// <summary>
/// A disk of few bytes: a file system in memory that a process holds in a mount namespace of its own, where
/// other processes reach it by way of <c>/proc</c>. It takes no rights, and is gone with the process.
/// </summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _mountPoint;
    private readonly ChildProcess _holder;

    private SmallDisk(TemporaryFolder mountPoint, ChildProcess holder)
    {
        _mountPoint = mountPoint;
        _holder = holder;
    }

    public string Folder => $"/proc/{_holder.Id}/root{_mountPoint.Path}";

    public static async Task<SmallDisk> StartAsync(long bytes)
    {
        var mountPoint = new TemporaryFolder("disk");
        var size = bytes.ToString(CultureInfo.InvariantCulture);
        var script = $"mount -t tmpfs -o size={size} tmpfs '{mountPoint.Path}' && echo mounted >&2 "
            + "&& exec setpriv --pdeathsig KILL sleep infinity";
        var holder = await ChildProcess.StartAsync(
            "unshare", ["--map-root-user", "--mount", "sh", "-c", script]);
        var disk = new SmallDisk(mountPoint, holder);
        try
        {
            await Eventually.True(() => holder.HasExited || holder.ErrorText.Contains("mounted"));
            return holder.HasExited
                ? throw new InvalidOperationException($"No disk could be mounted: {holder.ErrorText}")
                : disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _holder.KillAsync();
        _mountPoint.Dispose();
    }
}
