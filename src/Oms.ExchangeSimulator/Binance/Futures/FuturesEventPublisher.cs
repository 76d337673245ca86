using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>
/// Turns what happens to futures into the events of the streams: books on one socket, prices and trades on another,
/// user data on a third.
/// </summary>
internal sealed class FuturesEventPublisher(
    FuturesState state, UserStreams users, MarketStreams books, MarketStreams prices)
    : IExchangeListener, IFuturesListener
{
    public void OnExecution(ExecutionReport report)
    {
        if (report.Trade is { } trade)
        {
            users.Publish(report.Order.Account, json => FuturesEventJson.TradeLite(json, trade));
        }

        users.Publish(report.Order.Account, json => FuturesEventJson.Order(json, report));
    }

    /// <summary>Futures know no lists.</summary>
    public void OnList(OrderList list, ListStatus status, long timeMs)
    {
    }

    public void OnAccount(AccountChange change, long timeMs) =>
        users.Publish(change.Account, json => FuturesEventJson.Account(json, state, change, timeMs));

    public void OnTrade(Market market, in PublicTrade trade)
    {
        PublicTrade published = trade;
        prices.Publish(
            StreamNames.AggregateTrade(market), json => FuturesEventJson.AggregateTrade(json, market, published));
    }

    public void OnTopOfBook(Market market, long timeMs)
    {
        if (market.TopOfBookMoved())
        {
            books.Publish(
                StreamNames.BookTicker(market), json => FuturesEventJson.TopOfBook(json, market, timeMs));
        }
    }

    public void OnDepth(Market market, DepthSpeed speed, DepthDiff diff, long timeMs) => books.Publish(
        StreamNames.Depth(market, speed), json => FuturesEventJson.Depth(json, market, diff, timeMs));

    public void OnMark(FuturesMarket market, long timeMs) => prices.Publish(
        StreamNames.MarkPrice(market.Market), json => FuturesEventJson.Mark(json, market, timeMs));

    public void OnLeverage(Account account, Market market, int leverage, long timeMs) =>
        users.Publish(account, json => FuturesEventJson.Leverage(json, market, leverage, timeMs));

    public void OnAlgo(FuturesAccount account, AlgoOrder order, ClientOrder? actual, long timeMs) =>
        users.Publish(account.Account, json => AlgoJson.Event(json, order, actual, timeMs));

    public void OnMarginCall(FuturesAccount account, long timeMs) =>
        users.Publish(account.Account, json => FuturesEventJson.MarginCall(json, state, account, timeMs));

    public void OnLiquidation(ClientOrder order, long timeMs)
    {
        prices.Publish(
            StreamNames.Liquidation(order.Market), json => FuturesEventJson.Liquidation(json, order, timeMs));
        prices.Publish("!forceOrder@arr", json => FuturesEventJson.Liquidation(json, order, timeMs));
    }
}
