using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Ledgers;
using Oms.Engine.State;

namespace Oms.Engine.Holdings;

/// <summary>
/// What one account has to do with one instrument: the balances that its orders move, its positions, what
/// its live orders may still do, and what all of it is worth at worst.
/// </summary>
internal sealed class Holding(
    HoldingTable table,
    AccountState account,
    InstrumentState instrument,
    BalanceRow baseRow,
    BalanceRow quoteRow)
{
    private LimitsDefined _limits;

    public AccountState Account { get; } = account;

    public InstrumentState Instrument { get; } = instrument;

    /// <summary>Of the base asset; not used by futures.</summary>
    public BalanceRow BaseRow { get; } = baseRow;

    /// <summary>Of the quote asset; of futures where margin, profit and fees are settled.</summary>
    public BalanceRow QuoteRow { get; } = quoteRow;

    /// <summary>All zeros where none are set.</summary>
    public LimitsDefined Limits { get => _limits; set => _limits = value; }

    public ref readonly LimitsDefined LimitsRef => ref _limits;

    /// <summary>
    /// What live orders may still buy, of those that may enlarge a position, as amounts of the base asset.
    /// </summary>
    public long OpenBuys { get; set; }

    /// <summary>What live orders may still sell, likewise.</summary>
    public long OpenSells { get; set; }

    /// <summary>
    /// The part of <see cref="OpenBuys"/> and <see cref="OpenSells"/> that needs no margin, because all of it
    /// would make a position smaller.
    /// </summary>
    public long OpenReducing { get; set; }

    /// <summary>What live orders may still trade that may only make a position smaller, by position.</summary>
    public PerPosition OpenReductions;

    /// <summary>How many times its own margin a futures position is worth; 0 until known.</summary>
    public int Leverage { get; set; }

    /// <summary>The funding payments that were taken in.</summary>
    public FundingIds FundingIds;

    /// <summary>Its largest possible position, as last valued.</summary>
    public long ValuedQuantity { get; set; }

    /// <summary>What it is worth at worst, as last valued.</summary>
    public long Value { get; set; }

    /// <summary>Its part of the account's profit and loss, as last valued.</summary>
    public long ProfitAndLoss { get; set; }

    /// <summary>Unrealised loss (negative) or gain, of futures, at the quote asset's decimals.</summary>
    public long Unrealized { get; set; }

    /// <summary>Margin held for the open positions.</summary>
    public long PositionMargin { get; set; }

    /// <summary>What of it is open, or what it gained, is not known for want of a price.</summary>
    public bool IsUnvalued { get; set; }

    /// <summary>What it gained was known when it was last valued.</summary>
    public bool IsProfitKnown { get; set; } = true;

    /// <summary>Those that were ever used: of one-way mode, long, short.</summary>
    public List<Position> Positions { get; } = [];

    public bool HasTraded => Positions.Count > 0;

    /// <summary>The position, made at first use.</summary>
    public Position Position(PositionSide side)
    {
        foreach (Position position in Positions)
        {
            if (position.Side == side)
            {
                return position;
            }
        }

        Position added = table.AddPosition(this, side);
        Positions.Add(added);
        return added;
    }

    /// <summary>Signed, as an amount of the base asset; 0 where there is no such position.</summary>
    public long QuantityOf(PositionSide side)
    {
        foreach (Position position in Positions)
        {
            if (position.Side == side)
            {
                return position.Quantity;
            }
        }

        return 0;
    }

    /// <summary>
    /// The largest position that its live orders can lead to, as an amount without a sign, when another order
    /// is added.
    /// </summary>
    /// <param name="buys">What the other order may buy.</param>
    /// <param name="sells">What the other order may sell.</param>
    public long QuantityAtWorst(long buys = 0, long sells = 0)
    {
        long longest = Amounts.Sum(LongestQuantity(), Amounts.Sum(OpenBuys, buys));
        long shortest = Amounts.Sum(ShortestQuantity(), -Amounts.Sum(OpenSells, sells));
        return Math.Max(Math.Abs(longest), Math.Abs(shortest));
    }

    /// <summary>
    /// What of a trade in this direction only makes the position smaller, as an amount of the base asset.
    /// </summary>
    public long Reducible(Side side, PositionSide positionSide)
    {
        long quantity = QuantityOf(positionSide);
        bool isAgainst = side == Side.Buy ? quantity < 0 : quantity > 0;
        long open = side == Side.Buy ? OpenBuys : OpenSells;
        return isAgainst ? Math.Max(0, Math.Abs(quantity) - open - OpenReductions[positionSide]) : 0;
    }

    /// <summary>Whether more is to be reduced than there is, or in the wrong direction.</summary>
    /// <param name="before">The position before it changed.</param>
    public bool IsOverReduced(PositionSide positionSide, long before)
    {
        long quantity = QuantityOf(positionSide);
        // Of hedge mode the second is of either position: of what follows an order that closed a part of one.
        long reducing = OpenReductions[positionSide] + OpenReducing;
        return reducing > 0
            && (reducing > Math.Abs(quantity) || Math.Sign(quantity) * Math.Sign(before) < 0);
    }

    /// <summary>
    /// The most that can be long before another order buys: in one-way mode the position, less short what may
    /// still be bought back of it.
    /// </summary>
    private long LongestQuantity()
    {
        long longest = 0;
        foreach (Position position in Positions)
        {
            if (position.Side != PositionSide.Both)
            {
                longest = Math.Max(longest, position.Quantity);
            }
        }

        long own = QuantityOf(PositionSide.Both);
        // Of spot what may only reduce is a sale, which buys nothing back.
        long boughtBack = Instrument.IsFutures ? OpenReductions[PositionSide.Both] : 0;
        return longest + (own < 0 ? Math.Min(0, own + boughtBack) : own);
    }

    /// <summary>The most that can be short before another order sells, as a negative amount.</summary>
    private long ShortestQuantity()
    {
        long shortest = 0;
        foreach (Position position in Positions)
        {
            if (position.Side != PositionSide.Both)
            {
                shortest = Math.Min(shortest, position.Quantity);
            }
        }

        long own = QuantityOf(PositionSide.Both);
        return shortest + (own > 0 ? Math.Max(0, own - OpenReductions[PositionSide.Both]) : own);
    }
}
