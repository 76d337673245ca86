using Oms.Domain.Instruments;
using Oms.Domain.Orders;

namespace Oms.Exchanges;

/// <summary>
/// One side of a book: prices with what rests at them, the best last so that most changes move little.
/// </summary>
public sealed class PriceLevels(Side side)
{
    /// <summary>More levels than any snapshot has; the worst are forgotten first.</summary>
    public const int LevelsMax = 20_000;

    // Bids as they are, asks negated: in both the best is the greatest key.
    private readonly List<long> _keys = [];
    private readonly List<long> _quantities = [];

    public int Count => _keys.Count;

    /// <summary>Price of the best level; 0 when there is none.</summary>
    public long BestPrice => _keys.Count == 0 ? 0 : PriceOf(_keys[^1]);

    /// <summary>Quantity at the best level; 0 when there is none.</summary>
    public long BestQuantity => _keys.Count == 0 ? 0 : _quantities[^1];

    public void Clear()
    {
        _keys.Clear();
        _quantities.Clear();
    }

    /// <summary>Copies the best levels, best first, as many as there is room for; tells how many.</summary>
    public int CopyBest(Span<BookLevel> levels)
    {
        int count = Math.Min(levels.Length, _keys.Count);
        for (int index = 0; index < count; index++)
        {
            levels[index] = new() { Price = PriceOf(_keys[^(index + 1)]), Quantity = _quantities[^(index + 1)] };
        }

        return count;
    }

    /// <summary>States what rests at a price from now on; 0 removes the level.</summary>
    public void Set(long price, long quantity)
    {
        long key = side == Side.Buy ? price : -price;
        int index = _keys.BinarySearch(key);
        if (index >= 0 && quantity != 0)
        {
            _quantities[index] = quantity;
        }
        else if (index >= 0)
        {
            _keys.RemoveAt(index);
            _quantities.RemoveAt(index);
        }
        else if (quantity != 0)
        {
            _keys.Insert(~index, key);
            _quantities.Insert(~index, quantity);
            ForgetWorst();
        }
    }

    private long PriceOf(long key) => side == Side.Buy ? key : -key;

    private void ForgetWorst()
    {
        if (_keys.Count > LevelsMax)
        {
            _keys.RemoveAt(0);
            _quantities.RemoveAt(0);
        }
    }
}
