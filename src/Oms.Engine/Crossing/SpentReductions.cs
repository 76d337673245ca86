using System.Runtime.InteropServices;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Matching;

namespace Oms.Engine.Crossing;

/// <summary>
/// Plays what an arriving order is about to do, in search of a resting order that may only reduce a position
/// and whose position is closed by the time it is met: it must leave the book before, or it would turn that
/// position.
/// </summary>
internal sealed class SpentReductions(EngineState state)
{
    private readonly List<Running> _positions = new(16);
    private readonly List<RestingOrder> _level = new(64);
    private Holding? _takerHolding;
    private PositionSide _takerSide;
    private long _open;
    private int _spent;
    private bool _isOver;

    /// <summary>The slot of the first of them; -1 where there is none.</summary>
    /// <param name="taker">Of the arriving order.</param>
    public int Find(OrderBook book, in BookOrder arriving, Holding taker, PositionSide takerSide)
    {
        (_takerHolding, _takerSide, _open, _spent, _isOver) = (taker, takerSide, arriving.Quantity, -1, false);
        _positions.Clear();
        _level.Clear();
        foreach (RestingOrder met in book.OrdersMetBy(arriving.Side, arriving.Price))
        {
            if (_level.Count > 0 && _level[0].Price != met.Price)
            {
                PlayLevel(in arriving);
            }

            if (_isOver)
            {
                break;
            }

            _level.Add(met);
        }

        PlayLevel(in arriving);
        // What cannot be filled trades with nobody.
        return arriving.Rule == MatchingRule.FillOrKill && _open > 0 ? -1 : _spent;
    }

    /// <summary>Those of one price in their turn; what an iceberg shows anew stands behind the others.</summary>
    private void PlayLevel(in BookOrder arriving)
    {
        for (int next = 0; next < _level.Count && !_isOver; next++)
        {
            RestingOrder maker = _level[next];
            bool isOwn = arriving.SelfTradeMode != SelfTradeMode.None
                && maker.Owner.IsSame(arriving.Owner, arriving.SelfTradeScope);
            if (isOwn)
            {
                Prevent(arriving.SelfTradeMode, maker.Quantity);
                continue;
            }

            long quantity = Math.Min(_open, maker.ShownQuantity);
            Trade((int)maker.OrderId, quantity);
            if (quantity == maker.ShownQuantity && maker.HiddenQuantity > 0)
            {
                long shown = Math.Min(maker.PeakQuantity, maker.HiddenQuantity);
                _level.Add(maker with { ShownQuantity = shown, HiddenQuantity = maker.HiddenQuantity - shown });
            }
        }

        _level.Clear();
    }

    private void Prevent(SelfTradeMode mode, long quantity)
    {
        _isOver |= mode is SelfTradeMode.CancelNewest or SelfTradeMode.CancelBoth;
        _open -= mode == SelfTradeMode.Decrement ? Math.Min(_open, quantity) : 0;
        _isOver |= _open == 0;
    }

    private void Trade(int slot, long quantity)
    {
        ref readonly OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        long amount = holding.Instrument.BaseAmountOf(quantity);
        long bought = order.Terms.IsBuy ? amount : -amount;
        ref Running position = ref PositionOf(holding, order.Terms.PositionSide);
        bool isSpent = order.Has(OrderMarks.Closing)
            && (order.Terms.IsBuy ? -position.Quantity : position.Quantity) < amount;
        _spent = isSpent && _spent < 0 ? slot : _spent;
        position.Quantity += bought;
        PositionOf(_takerHolding!, _takerSide).Quantity -= bought;
        _open -= quantity;
        _isOver |= _open == 0;
    }

    private ref Running PositionOf(Holding holding, PositionSide side)
    {
        Span<Running> positions = CollectionsMarshal.AsSpan(_positions);
        for (int index = 0; index < positions.Length; index++)
        {
            if (positions[index].Holding == holding && positions[index].Side == side)
            {
                return ref positions[index];
            }
        }

        _positions.Add(new(holding, side) { Quantity = holding.QuantityOf(side) });
        return ref CollectionsMarshal.AsSpan(_positions)[^1];
    }

    /// <summary>A position as it stands where the play has come to.</summary>
    private record struct Running(Holding Holding, PositionSide Side)
    {
        public long Quantity { get; set; }
    }
}
