using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Turns what happened in the exchange into the events of the streams.</summary>
internal sealed class EventPublisher(UserStreams userStreams, MarketStreams marketStreams) : IExchangeListener
{
    public void OnExecution(ExecutionReport report) =>
        userStreams.Publish(report.Order.Account, json => EventJson.Execution(json, report));

    public void OnList(OrderList list, ListStatus status, long timeMs) =>
        userStreams.Publish(list.Account, json => OrderListJson.Event(json, list, status, timeMs));

    public void OnAccount(AccountChange change, long timeMs)
    {
        if (change.Reason == AccountChangeReason.AssetTransfer)
        {
            // It says what came or went, and not why.
            userStreams.Publish(
                change.Account,
                json => EventJson.BalanceUpdate(json, change.Assets.Single(), change.Transferred, timeMs));
        }

        userStreams.Publish(
            change.Account, json => EventJson.Balances(json, change.Account, change.Assets, timeMs));
    }

    public void OnTrade(Market market, in PublicTrade trade)
    {
        PublicTrade published = trade;
        marketStreams.Publish(StreamNames.Trade(market), json => EventJson.Trade(json, market, published));
    }

    public void OnTopOfBook(Market market, long timeMs)
    {
        if (market.TopOfBookMoved())
        {
            marketStreams.Publish(StreamNames.BookTicker(market), json => EventJson.TopOfBook(json, market));
        }
    }

    public void OnDepth(Market market, DepthSpeed speed, DepthDiff diff, long timeMs) =>
        marketStreams.Publish(
        StreamNames.Depth(market, speed), json => EventJson.Depth(json, market, diff, timeMs));
}
