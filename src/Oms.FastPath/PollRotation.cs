using System.Collections.Immutable;

namespace Oms.FastPath;

/// <summary>
/// Which rings are looked at in a turn of the duty cycle: those that had something lately, in their order, and one of
/// the others. With many producers of which few speak, a turn stays short, and a ring that begins to speak is heard
/// within as many turns as there are quiet ones.
/// </summary>
internal sealed class PollRotation
{
    private readonly List<InboundRing> _quiet = [];
    private readonly InboundRing[] _busy;
    private int _busyCount;

    // Place of the quiet ring that was looked at last: those behind it are next, then those from the beginning.
    private int _turn = -1;

    public PollRotation(ImmutableArray<InboundRing> rings)
    {
        _busy = new InboundRing[rings.Length];
        foreach (InboundRing ring in rings)
        {
            if (ring.IsAlwaysPolled)
            {
                AddBusy(ring);
            }
            else
            {
                _quiet.Add(ring);
            }
        }
    }

    /// <summary>Of low numbers first.</summary>
    public ReadOnlySpan<InboundRing> Busy => _busy.AsSpan(0, _busyCount);

    /// <summary>The quiet ring whose turn it is; null when none is quiet.</summary>
    public InboundRing? NextQuiet()
    {
        if (_quiet.Count == 0)
        {
            return null;
        }

        _turn = _turn + 1 < _quiet.Count ? _turn + 1 : 0;
        return _quiet[_turn];
    }

    /// <summary>A quiet ring spoke.</summary>
    public void Wake(InboundRing ring)
    {
        int place = _quiet.IndexOf(ring);
        _quiet.RemoveAt(place);
        if (place <= _turn)
        {
            // None of those that wait is passed over.
            _turn--;
        }

        AddBusy(ring);
    }

    /// <summary>Those that were silent since the last time are quiet from now on.</summary>
    public void Settle()
    {
        int kept = 0;
        for (int index = 0; index < _busyCount; index++)
        {
            InboundRing ring = _busy[index];
            if (ring.IsAlwaysPolled || ring.WasUsed)
            {
                ring.WasUsed = false;
                _busy[kept++] = ring;
            }
            else
            {
                // Behind all that wait already.
                _quiet.Insert(++_turn, ring);
            }
        }

        _busyCount = kept;
    }

    private void AddBusy(InboundRing ring)
    {
        int place = _busyCount++;
        for (; place > 0 && _busy[place - 1].Number > ring.Number; place--)
        {
            _busy[place] = _busy[place - 1];
        }

        _busy[place] = ring;
    }
}
