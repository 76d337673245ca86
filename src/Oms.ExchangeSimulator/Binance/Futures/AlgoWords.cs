using System.Collections.Frozen;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>The words of conditional orders, in both directions.</summary>
internal static class AlgoWords
{
    public static readonly FrozenDictionary<string, AlgoType> Types =
        Enum.GetValues<AlgoType>().ToFrozenDictionary(Of, StringComparer.Ordinal);

    public static string Of(AlgoType type) => type switch
    {
        AlgoType.Stop => "STOP",
        AlgoType.StopMarket => "STOP_MARKET",
        AlgoType.TakeProfit => "TAKE_PROFIT",
        AlgoType.TakeProfitMarket => "TAKE_PROFIT_MARKET",
        AlgoType.TrailingStopMarket => "TRAILING_STOP_MARKET",
    };

    public static string Of(AlgoState state) => state.ToString().ToUpperInvariant();

    public static string WorkingTypeOf(AlgoOrder order) => order.IsAtMark ? "MARK_PRICE" : "CONTRACT_PRICE";
}
