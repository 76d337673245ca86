using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Keeps what an order reserves, and what it may still do to its holding, at what its open quantity needs: at
/// worst, until the exchange has proved otherwise.
/// </summary>
internal sealed class Reservations(EngineState state, Valuation valuation)
{
    private const int LeverageUnit = 100;

    /// <summary>The row that an order reserves: quote for a buy and as margin, base for a sale.</summary>
    public static BalanceRow RowOf(Holding holding, Side side) =>
        side == Side.Buy || holding.Instrument.IsFutures ? holding.QuoteRow : holding.BaseRow;

    /// <summary>
    /// What a quantity needs at a price: its cost, what is sold, or margin; and the fee, where it is known and
    /// not taken out of what the order brings.
    /// </summary>
    public static long Needed(Holding holding, Side side, long price, long quantity)
    {
        InstrumentState instrument = holding.Instrument;
        if (!instrument.IsFutures && side == Side.Sell)
        {
            return instrument.BaseAmountOf(quantity);
        }

        long notional = instrument.NotionalRoundedUp(price, quantity);
        long fee = instrument.IsMatchedHere ? instrument.FeeAtMost(notional) : 0;
        Int128 cost = instrument.IsFutures ? MarginOf(holding, notional) : notional;
        return Amounts.Saturated(cost + fee);
    }

    /// <summary>Sets everything to what the order's open quantity needs; to nothing when it is final.</summary>
    public void Adjust(int slot) => Adjust(slot, state.HoldingOf(in state.Orders[slot]));

    /// <inheritdoc cref="Adjust(int)"/>
    public void Adjust(int slot, Holding holding)
    {
        ref OrderState order = ref state.Orders[slot];
        // A change that is on its way may already have been made.
        long leaves = Math.Max(order.Terms.Quantity, order.AskedQuantity) - order.CumulativeQuantity;
        bool isNothing = order.IsFinal || leaves <= 0 || order.Has(OrderMarks.Shadow);
        bool isFree = isNothing || (order.Has(OrderMarks.Reducing) && holding.Instrument.IsFutures);
        long needed = isFree ? 0 : Needed(holding, order.Terms.Side, order.ReservePrice, leaves);
        order.ReservedAmount += Reserve(
            RowOf(holding, order.Terms.Side), order.ReservedAmount, needed);
        long open = isNothing ? 0 : holding.Instrument.BaseAmountOf(leaves);
        if (open != order.OpenAmount)
        {
            CountOpen(holding, in order, open - order.OpenAmount);
            order.OpenAmount = open;
            valuation.OpenOrdersChanged(holding);
        }
    }

    /// <summary>Sets whether an order only makes a position smaller, and what it needs by that.</summary>
    public void SetReducing(int slot, Holding holding, bool isReducing)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.Has(OrderMarks.Reducing) != isReducing)
        {
            GiveBack(slot, holding);
            order.Marks ^= OrderMarks.Reducing;
        }

        Adjust(slot, holding);
    }

    /// <summary>
    /// Gives back all that an order reserves and counts, before something changes that decides where it does.
    /// </summary>
    public void GiveBack(int slot, Holding holding)
    {
        ref OrderState order = ref state.Orders[slot];
        order.ReservedAmount += Reserve(RowOf(holding, order.Terms.Side), order.ReservedAmount, needed: 0);
        CountOpen(holding, in order, -order.OpenAmount);
        order.OpenAmount = 0;
        valuation.OpenOrdersChanged(holding);
    }

    /// <summary>Sets everything of an account's futures to what it needs, after its leverage changed.</summary>
    public void AdjustMargins(AccountState account)
    {
        foreach (Holding holding in account.Holdings)
        {
            if (holding.Instrument.IsFutures)
            {
                AdjustMargin(holding);
            }
        }

        for (int slot = account.Live.First; slot != LiveOrders.None; slot = state.Orders[slot].NextLive)
        {
            Adjust(slot);
        }
    }

    /// <summary>Holds as margin what the open positions of a futures holding need.</summary>
    public void AdjustMargin(Holding holding)
    {
        Int128 cost = 0;
        foreach (Position position in holding.Positions)
        {
            cost += Math.Abs(position.OpenNotional);
        }

        holding.PositionMargin += Reserve(holding.QuoteRow, holding.PositionMargin, MarginOf(holding, cost));
    }

    private static long MarginOf(Holding holding, Int128 notional)
    {
        int leverage = holding.Leverage > 0
            ? holding.Leverage * LeverageUnit
            : Math.Max(holding.Account.LimitsRef.LeverageMax, LeverageUnit);
        return Amounts.Clamp(Rounding.DivideRoundingUp(notional * LeverageUnit, leverage));
    }

    /// <summary>
    /// Reserves of a row what is needed instead of what was; less where the sum would leave 64 bits, which no
    /// real amounts do.
    /// </summary>
    /// <returns>By how much the reservation grew.</returns>
    private long Reserve(BalanceRow row, long reserved, long needed)
    {
        if (needed == reserved)
        {
            return 0;
        }

        long change = Math.Min(needed - reserved, Amounts.SumMax - row.Reserved);
        state.Ledger.Reserve(row, change);
        return change;
    }

    private static void CountOpen(Holding holding, in OrderState order, long change)
    {
        if (order.Has(OrderMarks.Closing))
        {
            holding.OpenReductions[order.Terms.PositionSide] += change;
            holding.Instrument.OpenReductions += holding.Instrument.IsFutures ? change : 0;
            return;
        }

        holding.OpenReducing += order.Has(OrderMarks.Reducing) && holding.Instrument.IsFutures ? change : 0;
        if (order.Terms.Side == Side.Buy)
        {
            holding.OpenBuys += change;
        }
        else
        {
            holding.OpenSells += change;
        }
    }
}
