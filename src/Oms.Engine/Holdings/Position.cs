using Oms.Domain;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Engine.Holdings;

/// <summary>
/// What an account gained or lost in an instrument since it was first seen, at average cost, exact: what
/// rounding leaves over stays in the cost of what is open, so that realised P&amp;L and cost always add up to
/// the cash paid.
/// </summary>
internal sealed class Position(int index, Holding holding, PositionSide side)
{
    /// <summary>Its place among all positions.</summary>
    public int Index { get; } = index;

    public Holding Holding { get; } = holding;

    /// <summary>It is in the list of positions that changed.</summary>
    public bool IsDirty { get; set; }

    public PositionSide Side { get; } = side;

    /// <summary>Signed, mantissa at the base asset's decimals.</summary>
    public long Quantity { get; set; }

    /// <summary>
    /// Cost of what is open, signed as the quantity, mantissa at the quote asset's decimals.
    /// </summary>
    public long OpenNotional { get; set; }

    public long RealizedPnl { get; set; }

    public long QuoteFees { get; set; }

    public long BaseFees { get; set; }

    /// <summary>All fees as worth in the quote asset when they were paid.</summary>
    public long FeeValue { get; set; }

    /// <summary>Received less paid, in the quote asset.</summary>
    public long Funding { get; set; }

    /// <summary>The last round of evidence in which the exchange stated it.</summary>
    public long SeenIn { get; set; }

    /// <summary>What the exchange had more than the engine in the last round, not explained; 0 for none.
    /// </summary>
    public long Difference { get; set; }

    /// <summary>
    /// What was bought by orders from elsewhere, and booked, although the exchange may have stated the position with it
    /// before. Mantissa at the base asset's decimals.
    /// </summary>
    public long DoubtfulBuys { get; set; }

    /// <summary>What was sold, likewise.</summary>
    public long DoubtfulSells { get; set; }

    /// <summary>
    /// The largest number of a trade that was booked: an exchange numbers an instrument's trades in their order. Of
    /// futures only.
    /// </summary>
    public long NewestTradeId { get; set; }

    /// <summary>Nothing was ever traded in it.</summary>
    public bool IsUntouched => (Quantity | OpenNotional | RealizedPnl | QuoteFees | BaseFees | FeeValue) == 0;

    /// <summary>Whether every sum takes another trade without leaving 64 bits.</summary>
    public bool CanTrade =>
        Amounts.IsBelowMax(Quantity)
        && Amounts.IsBelowMax(OpenNotional)
        && Amounts.IsBelowMax(RealizedPnl)
        && Amounts.IsBelowMax(QuoteFees)
        && Amounts.IsBelowMax(BaseFees)
        && Amounts.IsBelowMax(FeeValue)
        && Amounts.IsBelowMax(Funding);

    /// <summary>Whether a position of the exchange that differs by so much may be this one without trades in doubt.
    /// </summary>
    public bool IsDoubtOf(long difference) =>
        difference < 0 ? difference >= -DoubtfulBuys : difference <= DoubtfulSells;

    /// <summary>Books a signed change of quantity at a notional (both signed alike).</summary>
    /// <returns>What it realised, in the quote asset.</returns>
    public long Trade(long signedQuantity, long signedNotional)
    {
        Invariant.Holds(signedQuantity != 0 && Math.Sign(signedNotional) * Math.Sign(signedQuantity) >= 0);
        if (Math.Sign(Quantity) * Math.Sign(signedQuantity) >= 0)
        {
            Quantity += signedQuantity;
            OpenNotional += signedNotional;
            return 0;
        }

        long closing = Math.Min(Math.Abs(signedQuantity), Math.Abs(Quantity));
        long closedNotional = Share(signedNotional, closing, Math.Abs(signedQuantity));
        long closedCost = Share(OpenNotional, closing, Math.Abs(Quantity));
        // Both have opposite signs: what came in less what it had cost.
        long realized = -(closedNotional + closedCost);
        RealizedPnl += realized;
        OpenNotional += -closedCost + (signedNotional - closedNotional);
        Quantity += signedQuantity;
        return realized;
    }

    /// <summary>A fee taken in the quote asset lowers no quantity.</summary>
    public void PayQuoteFee(long fee)
    {
        QuoteFees += fee;
        FeeValue += fee;
    }

    /// <summary>
    /// A fee taken in the base asset is a sale of that much at the fill's price, whose proceeds pay the fee.
    /// </summary>
    public void PayBaseFee(long fee, long value)
    {
        BaseFees += fee;
        FeeValue += value;
        if (fee != 0)
        {
            _ = Trade(-fee, -value);
        }
    }

    /// <summary>Takes out a part of a long position at what it cost: nothing is realised.</summary>
    /// <returns>What it cost, in the quote asset.</returns>
    public long TakeOut(long quantity)
    {
        Invariant.Holds(quantity > 0 && quantity <= Quantity);
        long cost = Math.Max(0, Share(OpenNotional, quantity, Quantity));
        Quantity -= quantity;
        OpenNotional -= cost;
        return cost;
    }

    private static long Share(long amount, long part, long whole) =>
        part == whole ? amount : checked((long)Rounding.DivideRoundingDown((Int128)amount * part, whole));
}
