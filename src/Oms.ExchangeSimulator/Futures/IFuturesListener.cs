using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// Hears what only happens to futures; as <see cref="IExchangeListener"/>, with the exchange's lock held.
/// </summary>
internal interface IFuturesListener
{
    /// <summary>A second has passed: the mark as it is now.</summary>
    void OnMark(FuturesMarket market, long timeMs);

    void OnLeverage(Account account, Market market, int leverage, long timeMs);

    /// <summary>A conditional order is another than before.</summary>
    /// <param name="actual">The order that came of it; null before it was triggered.</param>
    void OnAlgo(FuturesAccount account, AlgoOrder order, ClientOrder? actual, long timeMs);

    /// <summary>Little is left above what the account's positions must keep.</summary>
    void OnMarginCall(FuturesAccount account, long timeMs);

    /// <summary>A position was closed because its margin was used up.</summary>
    void OnLiquidation(ClientOrder order, long timeMs);
}
