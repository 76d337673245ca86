using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Silo.Feed;

/// <summary>
/// What FastPath shows in shared memory: the ring of its events, and the names that they use.
/// </summary>
internal sealed class LiveEvents : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly StateTable<AccountGateChanged> _gates;

    private LiveEvents(
        RingReader ring, ListingDirectory listings, StateTable<AccountGateChanged> gates, bool isDurableOnly)
    {
        IsDurableOnly = isDurableOnly;
        Ring = ring;
        Listings = listings;
        _gates = gates;
    }

    public RingReader Ring { get; }

    /// <summary>Nothing may be told that the death of the machine could take back.</summary>
    public bool IsDurableOnly { get; }

    public ListingDirectory Listings { get; }

    /// <summary>The number of the last event that FastPath has shown in a table.</summary>
    public long LastLogSequence => _gates.LogSequence;

    /// <summary>
    /// Waits until FastPath has made them, and until no other silo reads them. Who may read is a lock of the
    /// kernel, which it takes back when the process is gone, and at no other time: two never feed at once.
    /// </summary>
    public static async Task<LiveEvents> OpenAsync(
        SharedRegion region, FeedState state, bool isDurableOnly, CancellationToken cancellation)
    {
        state.Await("fastpath");
        using var timer = new PeriodicTimer(LookInterval);
        while (true)
        {
            try
            {
                if (TryOpen(region, isDurableOnly) is { } live)
                {
                    return live;
                }
            }
            catch (RoleTakenException)
            {
                state.StandBy();
            }

            _ = await timer.WaitForNextTickAsync(cancellation);
        }
    }

    public void Dispose()
    {
        Ring.Dispose();
        Listings.Dispose();
        _gates.Dispose();
    }

    private static LiveEvents? TryOpen(SharedRegion region, bool isDurableOnly)
    {
        if (!File.Exists(region.RingPath(RingTopology.SiloEvents))
            || !File.Exists(region.TablePath(StateTables.Accounts))
            || !File.Exists(region.TablePath(StateTables.Assets))
            || !File.Exists(region.TablePath(StateTables.Instruments))
            || !File.Exists(region.TablePath(StateTables.Gates)))
        {
            return null;
        }

        var ring = RingReader.Attach(region.RingPath(RingTopology.SiloEvents));
        var gates = StateTable<AccountGateChanged>.OpenReader(region, StateTables.Gates);
        return new(ring, new(region), gates, isDurableOnly);
    }
}
