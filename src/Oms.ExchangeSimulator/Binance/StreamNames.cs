using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>The names of market streams.</summary>
internal static class StreamNames
{
    public static string Trade(Market market) => Lower(market) + "@trade";

    public static string AggregateTrade(Market market) => Lower(market) + "@aggTrade";

    public static string MarkPrice(Market market) => Lower(market) + "@markPrice@1s";

    public static string Liquidation(Market market) => Lower(market) + "@forceOrder";

    public static string BookTicker(Market market) => Lower(market) + "@bookTicker";

    public static string Depth(Market market, DepthSpeed speed) => speed switch
    {
        DepthSpeed.Every100Ms => Lower(market) + "@depth@100ms",
        DepthSpeed.Every250Ms => Lower(market) + "@depth",
        DepthSpeed.Every500Ms => Lower(market) + "@depth@500ms",
        DepthSpeed.Every1000Ms => Lower(market) + "@depth",
    };

    private static string Lower(Market market) => market.Symbol.StreamPrefix;
}
