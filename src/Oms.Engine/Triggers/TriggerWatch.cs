using Oms.Domain.Orders;
using Oms.Engine.Orders;

namespace Oms.Engine.Triggers;

/// <summary>The held orders of an instrument that wait for a price.</summary>
internal sealed class TriggerWatch
{
    private const int LaddersPerSource = 4;

    private readonly TriggerLadder[] _ladders = MakeLadders();
    private readonly List<int> _trailing = [];

    public int Count { get; private set; }

    /// <summary>Slots of trailing stops, oldest first.</summary>
    public List<int> Trailing => _trailing;

    /// <summary>
    /// Whether an order goes when the price rises to its stop price; the others go when it falls.
    /// </summary>
    public static bool FiresOnRise(in OrderTerms terms) =>
        terms.Type is OrderType.TakeProfit or OrderType.TakeProfitLimit ? !terms.IsBuy : terms.IsBuy;

    public static bool IsReached(in OrderTerms terms, long price) =>
        FiresOnRise(in terms) ? price >= terms.StopPrice : price <= terms.StopPrice;

    /// <summary>
    /// All of them, always in the same order. Buys and sells are apart, because of the best prices they watch
    /// different ones.
    /// </summary>
    public ReadOnlySpan<TriggerLadder> Ladders => _ladders;

    public void Add(OrderStore orders, int slot)
    {
        ref OrderState order = ref orders[slot];
        LadderOf(in order.Terms).Add(order.Terms.StopPrice, slot);
        order.Set(OrderMarks.Watched);
        Count++;
        if (order.Terms.Type == OrderType.TrailingStop)
        {
            _trailing.Add(slot);
        }
    }

    public void Remove(OrderStore orders, int slot)
    {
        ref OrderState order = ref orders[slot];
        LadderOf(in order.Terms).Remove(order.Terms.StopPrice, slot);
        order.Clear(OrderMarks.Watched);
        Count--;
        if (order.Terms.Type == OrderType.TrailingStop)
        {
            _ = _trailing.Remove(slot);
        }
    }

    /// <summary>Moves a trailing stop to where the market now holds it.</summary>
    public void Move(ref OrderState order, int slot, long stopPrice)
    {
        TriggerLadder ladder = LadderOf(in order.Terms);
        ladder.Remove(order.Terms.StopPrice, slot);
        ladder.Add(stopPrice, slot);
        order.Terms = order.Terms with { StopPrice = stopPrice };
    }

    /// <summary>Sets what was saved: the slots of each ladder, and of the trailing stops.</summary>
    public void Restore(OrderStore orders, TriggerLadder ladder, ReadOnlySpan<int> slots)
    {
        foreach (int slot in slots)
        {
            ladder.Restore(orders[slot].Terms.StopPrice, slot);
            Count++;
        }
    }

    private TriggerLadder LadderOf(in OrderTerms terms) => _ladders[
        (((int)terms.TriggerSource - 1) * LaddersPerSource)
        + (terms.IsBuy ? 0 : 2)
        + (FiresOnRise(in terms) ? 0 : 1)];

    private static TriggerLadder[] MakeLadders()
    {
        var ladders = new TriggerLadder[(int)TriggerSource.BestPrice * LaddersPerSource];
        for (int index = 0; index < ladders.Length; index++)
        {
            var source = (TriggerSource)(1 + (index / LaddersPerSource));
            Side side = index % LaddersPerSource < 2 ? Side.Buy : Side.Sell;
            ladders[index] = new(source, side, firesOnRise: index % 2 == 0);
        }

        return ladders;
    }
}
