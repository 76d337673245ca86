using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Numbers;

namespace Oms.Engine.Positions;

/// <summary>
/// What an account gained or lost in an instrument since it was first seen, at average cost, exact: what
/// rounding leaves over stays in the cost of what is open, so that realised P&amp;L and cost always add up to
/// the cash paid.
/// </summary>
internal sealed class Position(AccountId account, InstrumentId instrument)
{
    public AccountId Account { get; } = account;

    public InstrumentId Instrument { get; } = instrument;

    /// <summary>Signed, mantissa at the base asset's decimals.</summary>
    public long Quantity { get; private set; }

    /// <summary>
    /// Cost of what is open, signed as the quantity, mantissa at the quote asset's decimals.
    /// </summary>
    public long OpenNotional { get; private set; }

    public long RealizedPnl { get; private set; }

    public long QuoteFees { get; private set; }

    public long BaseFees { get; private set; }

    /// <summary>Whether every sum takes another trade without leaving 64 bits.</summary>
    public bool CanTrade =>
        Amounts.IsBelowMax(Quantity)
        && Amounts.IsBelowMax(OpenNotional)
        && Amounts.IsBelowMax(RealizedPnl)
        && Amounts.IsBelowMax(QuoteFees)
        && Amounts.IsBelowMax(BaseFees);

    /// <summary>Books a signed change of quantity at a notional (both signed alike).</summary>
    public void Trade(long signedQuantity, long signedNotional)
    {
        Invariant.Holds(signedQuantity != 0 && Math.Sign(signedNotional) * Math.Sign(signedQuantity) >= 0);
        if (Math.Sign(Quantity) * Math.Sign(signedQuantity) >= 0)
        {
            Quantity += signedQuantity;
            OpenNotional += signedNotional;
            return;
        }

        long closing = Math.Min(Math.Abs(signedQuantity), Math.Abs(Quantity));
        long closedNotional = Share(signedNotional, closing, Math.Abs(signedQuantity));
        long closedCost = Share(OpenNotional, closing, Math.Abs(Quantity));
        // Both have opposite signs: what came in less what it had cost.
        RealizedPnl -= closedNotional + closedCost;
        OpenNotional += -closedCost + (signedNotional - closedNotional);
        Quantity += signedQuantity;
    }

    /// <summary>A fee taken in the quote asset lowers no quantity.</summary>
    public void PayQuoteFee(long fee) => QuoteFees += fee;

    /// <summary>
    /// A fee taken in the base asset is a sale of that much at the fill's price, whose proceeds pay the fee.
    /// </summary>
    public void PayBaseFee(long fee, long value)
    {
        BaseFees += fee;
        if (fee != 0)
        {
            Trade(-fee, -value);
        }
    }

    private static long Share(long amount, long part, long whole) =>
        part == whole ? amount : checked((long)Rounding.DivideRoundingDown((Int128)amount * part, whole));
}
