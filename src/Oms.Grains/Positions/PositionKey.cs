using Oms.Domain.Instruments;
using Oms.Domain.Orders;

namespace Oms.Grains.Positions;

/// <summary>Which position of an account it is.</summary>
internal readonly record struct PositionKey(Market Market, string Symbol, PositionSide Side) : IComparable<PositionKey>
{
    public string Base => Symbol[..Symbol.IndexOf('/')];

    public string Quote => Symbol[(Symbol.IndexOf('/') + 1)..].Split(':')[0];

    public static PositionKey Of(PositionView view) => new(view.Market, view.Symbol, view.PositionSide);

    public static PositionKey Of(PositionUpdate update) => new(update.Market, update.Symbol, update.PositionSide);

    public static PositionKey Of(FillUpdate fill) => new(fill.Market, fill.Symbol, fill.PositionSide);

    public static PositionKey Of(DayView day) => new(day.Market, day.Symbol, day.PositionSide);

    public int CompareTo(PositionKey other)
    {
        int byMarket = Market.CompareTo(other.Market);
        int bySymbol = byMarket != 0 ? byMarket : string.CompareOrdinal(Symbol, other.Symbol);
        return bySymbol != 0 ? bySymbol : Side.CompareTo(other.Side);
    }
}
