using Oms.Domain.Messages;
using Oms.Engine.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Triggers;

/// <summary>
/// What a new price does: holdings are valued, trailing stops follow, and what waited for it is let go.
/// </summary>
internal sealed class PriceEffects(EngineState state, Valuation valuation)
{
    public void Apply(in TopOfBook top)
    {
        // Of what is matched here the best prices are in its book.
        if (state.FindInstrument(top.InstrumentId) is { IsMatchedHere: false } instrument)
        {
            instrument.Prices.Take(in top);
            Changed(instrument);
        }
    }

    public void Apply(in LastTrade trade)
    {
        if (state.FindInstrument(trade.InstrumentId) is { } instrument)
        {
            instrument.Prices.Take(in trade);
            Changed(instrument);
        }
    }

    public void Apply(in MarkPrice mark)
    {
        if (state.FindInstrument(mark.InstrumentId) is { } instrument)
        {
            instrument.Prices.Take(in mark);
            Changed(instrument);
        }
    }

    /// <summary>The prices of an instrument changed.</summary>
    public void Changed(InstrumentState instrument)
    {
        valuation.PriceChanged(instrument);
        if (instrument.Watch.Count == 0)
        {
            return;
        }

        TrailingStops.Follow(instrument, state.Orders);
        foreach (TriggerLadder ladder in instrument.Watch.Ladders)
        {
            while (ladder.TryPeekFired(in instrument.Prices, out int slot))
            {
                instrument.Watch.Remove(state.Orders, slot);
                state.Orders[slot].Set(OrderMarks.Released);
                state.Agenda.Add(Consequence.Fired, state.Orders[slot].OrderId.Value);
            }
        }
    }
}
