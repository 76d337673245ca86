using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Engine.State;
using Oms.Engine.Triggers;

namespace Oms.Engine.Orders;

/// <summary>Stops that follow the market at a distance: down with it for a buy, up for a sale.</summary>
internal static class TrailingStops
{
    /// <summary>The terms with the stop price at which a trailing stop starts; others as they are.</summary>
    public static OrderTerms Placed(in OrderTerms terms, InstrumentState? instrument)
    {
        bool isWatching = terms.TriggerSource is > TriggerSource.None and <= TriggerSource.BestPrice;
        if (terms.Type != OrderType.TrailingStop || terms.StopPrice != 0 || instrument is null || !isWatching)
        {
            return terms;
        }

        long price = instrument.Prices.Watched(terms.TriggerSource, terms.Side);
        return price <= 0 ? terms : terms with { StopPrice = StopFor(in terms, price, instrument) };
    }

    /// <summary>
    /// Moves the trailing stops of an instrument to where its prices now hold them, and starts those that had
    /// no price to start from.
    /// </summary>
    public static void Follow(InstrumentState instrument, OrderStore orders)
    {
        TriggerWatch watch = instrument.Watch;
        for (int index = 0; index < watch.Trailing.Count; index++)
        {
            int slot = watch.Trailing[index];
            ref OrderState order = ref orders[slot];
            long price = instrument.Prices.Watched(order.Terms.TriggerSource, order.Terms.Side);
            if (price <= 0)
            {
                continue;
            }

            long stop = StopFor(in order.Terms, price, instrument);
            long before = order.Terms.StopPrice;
            if (before == 0 || (order.Terms.IsBuy ? stop < before : stop > before))
            {
                watch.Move(ref order, slot, stop);
            }
        }
    }

    /// <summary>At the distance from the price, on the tick that is farther from it; at least one tick.
    /// </summary>
    private static long StopFor(in OrderTerms terms, long price, InstrumentState instrument)
    {
        long tick = Math.Clamp(instrument.Filters.TickSize, 1, Amounts.AmountMax);
        Int128 offset = terms.IsBuy ? terms.TrailingOffset : -(Int128)terms.TrailingOffset;
        Int128 farther = terms.IsBuy
            ? Rounding.DivideRoundingUp(price + offset, tick)
            : Rounding.DivideRoundingDown(price + offset, tick);
        return Amounts.Clamp(Int128.Max(tick, farther * tick));
    }
}
