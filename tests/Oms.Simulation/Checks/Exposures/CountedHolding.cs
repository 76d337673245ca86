using Oms.Domain.Orders;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// What an account holds of an instrument and what its live orders may do to that, added up from scratch whenever it
/// is asked for. Amounts of the base asset at 8 decimals.
/// </summary>
internal sealed class CountedHolding(bool isFutures)
{
    public Dictionary<PositionSide, AverageCost> Positions { get; } = [];

    public Dictionary<PositionSide, long> Gained { get; } = [];

    /// <summary>All fees, in USDT as they were worth when they were paid.</summary>
    public long Fees { get; set; }

    public long Funding { get; set; }

    public List<CountedOrder> Orders { get; } = [];

    public long Buys => Sum(order => order.Terms.IsBuy && !order.IsClosing);

    public long Sells => Sum(order => !order.Terms.IsBuy && !order.IsClosing);

    /// <summary>What may only make this position smaller.</summary>
    public long Reductions(PositionSide side) =>
        Sum(order => order.IsClosing && order.Terms.PositionSide == side);

    /// <summary>The largest position, long or short, once every live order has done its worst.</summary>
    public long AtWorst => Math.Max(Math.Abs(Longest), Math.Abs(Shortest));

    /// <summary>The longest position that live orders may lead to; below zero where it is short all the same.</summary>
    public long Longest
    {
        get
        {
            long net = Held(PositionSide.Both);
            // Of spot what may only reduce is a sale, which buys nothing back.
            return Buys + Held(PositionSide.Long) + (net > 0 ? net : isFutures ? -Reduced : net);
        }
    }

    /// <summary>The shortest, as an amount above zero; below zero where it is long all the same.</summary>
    public long Shortest
    {
        get
        {
            long net = Held(PositionSide.Both);
            return Sells - Held(PositionSide.Short) + (net < 0 ? -net : -Reduced);
        }
    }

    /// <summary>Sum of what the open positions cost, each without its sign.</summary>
    public long Cost => Positions.Values.Sum(position => Math.Abs(position.Cost));

    /// <summary>What was gained and paid, and what is open at a price.</summary>
    public long ProfitAt(long price) => Gained.Values.Sum() - Fees + Funding + UnrealizedAt(price);

    /// <summary>What is open at a price, less what it cost.</summary>
    public long UnrealizedAt(long price) =>
        Positions.Values.Sum(position => Worth(position.Quantity, price) - position.Cost);

    /// <summary>Whether so much more in this direction only makes the position smaller.</summary>
    public bool IsReducible(in OrderTerms terms, long amount)
    {
        long held = Held(terms.PositionSide);
        bool isAgainst = terms.IsBuy ? held < 0 : held > 0;
        long open = terms.IsBuy ? Buys : Sells;
        return isAgainst && amount <= Math.Abs(held) - open - Reductions(terms.PositionSide);
    }

    /// <summary>Adds to what was gained.</summary>
    public void Gain(PositionSide side, long amount) => Gained[side] = Gained.GetValueOrDefault(side) + amount;

    public long Held(PositionSide side) => Positions.GetValueOrDefault(side)?.Quantity ?? 0;

    /// <summary>Live orders, where alternatives stand together.</summary>
    public IEnumerable<CountedOrder[]> OpenOrders => Orders
        .Where(order => order.Open > 0)
        .GroupBy(order => order.Alternative == 0 ? (0, order.Last.OrderId.Value) : (order.Alternative, 0))
        .Select(group => group.ToArray());

    public AverageCost Position(PositionSide side)
    {
        if (!Positions.TryGetValue(side, out AverageCost? position))
        {
            position = new();
            Positions.Add(side, position);
        }

        return position;
    }

    /// <summary>Of an amount at a price, rounded down.</summary>
    private static long Worth(long amount, long price)
    {
        (Int128 worth, Int128 rest) = Int128.DivRem((Int128)amount * price, Venue.PriceUnit);
        return (long)(rest < 0 ? worth - 1 : worth);
    }

    /// <summary>What is left of the position once all that may only make it smaller has.</summary>
    private long Reduced =>
        Math.Max(0, Math.Abs(Held(PositionSide.Both)) - Reductions(PositionSide.Both));

    private long Sum(Func<CountedOrder, bool> isMeant) => OpenOrders
        .Sum(alternatives => alternatives.Where(isMeant).Select(order => order.Open).DefaultIfEmpty().Max());
}
