using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Engine.Risk;

/// <summary>
/// What an account ordered last, to recognise the same order under another id: a sender that lost its
/// memory, or a key that bounced.
/// </summary>
internal sealed class RecentOrders
{
    /// <summary>Orders looked back at; more within one window pass unseen.</summary>
    public const int Count = 16;

    private readonly Entry[] _entries = new Entry[Count];
    private int _next;

    public ReadOnlySpan<Entry> Entries => _entries;

    public int Next => _next;

    public bool Has(InstrumentId instrument, in OrderTerms terms, long sinceUnixNanos)
    {
        foreach (ref readonly Entry entry in Entries)
        {
            if (entry.UnixNanos > sinceUnixNanos
                && entry.Instrument == instrument
                && entry.Side == terms.Side
                && entry.Type == terms.Type
                && entry.PositionSide == terms.PositionSide
                && entry.Price == terms.Price
                && entry.Quantity == terms.Quantity
                && entry.StopPrice == terms.StopPrice)
            {
                return true;
            }
        }

        return false;
    }

    public void Note(InstrumentId instrument, in OrderTerms terms, long nowUnixNanos)
    {
        _entries[_next] = new(
            nowUnixNanos, terms.Price, terms.Quantity, terms.StopPrice, instrument, terms.Side, terms.Type,
            terms.PositionSide, 0);
        _next = (_next + 1) % Count;
    }

    /// <summary>Sets what was saved.</summary>
    public void Restore(ReadOnlySpan<Entry> entries, int next)
    {
        entries.CopyTo(_entries);
        _next = next;
    }

    /// <summary>Saved as it lies.</summary>
    internal readonly record struct Entry(
        long UnixNanos,
        long Price,
        long Quantity,
        long StopPrice,
        InstrumentId Instrument,
        Side Side,
        OrderType Type,
        PositionSide PositionSide,
        byte Reserved);
}
