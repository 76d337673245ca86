using System.Collections.Immutable;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Connectors;

/// <summary>
/// The one thread that touches the rings: takes requests and begins them, gives reports away, says that it
/// lives. Nothing here waits; what cannot be done now stays where it is until the next turn.
/// </summary>
internal sealed class RingThread(
    SharedRegion region,
    ushort connector,
    RingReader requests,
    RingWriter reports,
    RequestRouter router,
    ReportQueue queue,
    ImmutableArray<TopOfBookSlot> tops,
    ConnectorHealth health,
    TimeProvider time)
{
    private long _position = requests.ReleasedPosition;
    private long _beat;

    /// <exception cref="RegionRebuiltException">FastPath's region is another one now.</exception>
    public void RunUntil(BackoffIdleStrategy idle, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            idle.Idle(RunOnce());
        }
    }

    /// <summary>One turn; the number of messages moved.</summary>
    public int RunOnce()
    {
        if (_beat == 0 || time.GetElapsedTime(_beat) >= ConnectorLimits.BeatInterval)
        {
            _beat = time.GetTimestamp();
            Beat();
        }

        return TakeRequests() + GiveReports() + GiveTops();
    }

    private void Beat()
    {
        requests.Beat();
        reports.Beat();
        health.BeatAndTell();
        long incarnation = FastPathRegion.Incarnation(region, connector);
        if (incarnation != requests.Ring.Incarnation)
        {
            throw new RegionRebuiltException(
                $"the rings in {region.Path} were {(incarnation == 0 ? "removed" : "made anew")}; "
                + "this process ends and is to be started again");
        }
    }

    private int TakeRequests()
    {
        int taken = 0;
        long next = _position;
        while (taken < ConnectorLimits.RequestBatchMax)
        {
            PeekResult result = requests.Peek(ref next, out ReadOnlySpan<byte> request);
            Invariant.Holds(result != PeekResult.Malformed);
            if (result == PeekResult.Empty || !router.TryTake(request))
            {
                break;
            }

            _position = next;
            taken++;
        }

        router.EndTurn();
        if (taken > 0)
        {
            requests.Release(_position);
        }

        return taken;
    }

    private int GiveReports()
    {
        int given = 0;
        while (given < ConnectorLimits.ReportBatchMax && queue.TryPeek(out Report report)
            && reports.Offer(report.Message) == OfferResult.Accepted)
        {
            queue.Remove();
            given++;
        }

        return given;
    }

    private int GiveTops()
    {
        int given = 0;
        foreach (TopOfBookSlot slot in tops)
        {
            if (slot.TryPeek(out TopOfBook top) && reports.Offer(in top) == OfferResult.Accepted)
            {
                slot.Take(in top);
                given++;
            }
        }

        return given;
    }
}
