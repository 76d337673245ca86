using Oms.Gateway.Listings;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Gateway;

/// <summary>The gateway's ends of the rings, and the tables it reads.</summary>
internal sealed class RegionAttachment : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<IDisposable> _opened = [];

    /// <exception cref="FileNotFoundException">FastPath has not made all of it yet.</exception>
    private RegionAttachment(SharedRegion region, TimeProvider time)
    {
        Region = region;
        try
        {
            Directory = Opened(new ListingDirectory(region));
            State = Opened(new StateReader(region, time));
            Commands = Opened(RingWriter.Attach(region.RingPath(RingTopology.GatewayCommands)));
            Events = Opened(RingReader.Attach(region.RingPath(RingTopology.GatewayEvents)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SharedRegion Region { get; }

    public ListingDirectory Directory { get; }

    public StateReader State { get; }

    public RingWriter Commands { get; }

    public RingReader Events { get; }

    /// <summary>Attaches as soon as FastPath has made rings and tables.</summary>
    /// <exception cref="RoleTakenException">Another process is the gateway.</exception>
    public static async Task<RegionAttachment> Await(SharedRegion region, Action beat, TimeProvider time)
    {
        using var timer = new PeriodicTimer(RetryInterval, time);
        while (true)
        {
            try
            {
                return new(region, time);
            }
            catch (FileNotFoundException)
            {
                beat();
            }

            _ = await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened)
        {
            opened.Dispose();
        }
    }

    private TOpened Opened<TOpened>(TOpened opened)
        where TOpened : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
