using System.Collections.Immutable;

namespace Oms.Grains.Positions;

/// <summary>
/// What is open of a position, first in, first out. At most <see cref="LotsMax"/> lots: beyond, the two oldest become
/// one at their average price.
/// </summary>
internal sealed class FifoLots
{
    public const int LotsMax = 256;

    private readonly List<LotView> _lots;

    public FifoLots(ImmutableArray<LotView> lots) => _lots = lots.IsDefaultOrEmpty ? [] : [.. lots];

    public decimal Quantity => _lots.Sum(lot => lot.Quantity);

    /// <summary>Of one unit of what is open; null when flat.</summary>
    public decimal? AverageCost => Quantity is var quantity && quantity == 0
        ? null
        : _lots.Sum(lot => lot.Quantity * lot.Price) / quantity;

    public ImmutableArray<LotView> ToImmutable() => [.. _lots];

    /// <summary>Books a trade.</summary>
    /// <param name="quantity">Negative when sold.</param>
    /// <returns>What it realised, in the quote asset.</returns>
    public decimal Trade(decimal quantity, decimal price, long unixNanos)
    {
        decimal realized = 0;
        while (quantity != 0 && _lots.Count > 0 && Math.Sign(_lots[0].Quantity) != Math.Sign(quantity))
        {
            LotView oldest = _lots[0];
            decimal closed = Math.Sign(oldest.Quantity) * Math.Min(Math.Abs(quantity), Math.Abs(oldest.Quantity));
            realized += closed * (price - oldest.Price);
            quantity += closed;
            Shorten(closed);
        }

        Open(quantity, price, unixNanos);
        return realized;
    }

    /// <summary>
    /// Makes what is open this much: what the exchange stated beyond the fills comes in at the position's cost, or goes
    /// out, the oldest first, and realises nothing.
    /// </summary>
    public void Adopt(decimal quantity, decimal cost, long unixNanos)
    {
        decimal held = Quantity;
        if (Math.Sign(held) * Math.Sign(quantity) < 0)
        {
            _lots.Clear();
            held = 0;
        }

        decimal missing = quantity - held;
        if (held == 0 || Math.Sign(missing) == Math.Sign(held))
        {
            Open(missing, cost, unixNanos);
            return;
        }

        while (missing != 0)
        {
            decimal lot = _lots[0].Quantity;
            decimal removed = Math.Sign(lot) * Math.Min(Math.Abs(missing), Math.Abs(lot));
            missing += removed;
            Shorten(removed);
        }
    }

    private void Open(decimal quantity, decimal price, long unixNanos)
    {
        if (quantity == 0)
        {
            return;
        }

        if (_lots.Count > 0 && _lots[^1].Price == price)
        {
            _lots[^1] = _lots[^1] with { Quantity = _lots[^1].Quantity + quantity };
            return;
        }

        _lots.Add(new() { Quantity = quantity, Price = price, UnixNanos = unixNanos });
        if (_lots.Count > LotsMax)
        {
            LotView first = _lots[0];
            LotView second = _lots[1];
            decimal both = first.Quantity + second.Quantity;
            decimal cost = (first.Quantity * first.Price) + (second.Quantity * second.Price);
            _lots[0] = first with { Quantity = both, Price = cost / both };
            _lots.RemoveAt(1);
        }
    }

    private void Shorten(decimal quantity)
    {
        decimal left = _lots[0].Quantity - quantity;
        if (left == 0)
        {
            _lots.RemoveAt(0);
        }
        else
        {
            _lots[0] = _lots[0] with { Quantity = left };
        }
    }
}
