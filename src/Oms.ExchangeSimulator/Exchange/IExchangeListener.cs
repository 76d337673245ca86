namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Hears what happened, in the order in which it happened, after it is in the journal. Called with the
/// exchange's lock held: it must neither block nor call back.
/// </summary>
internal interface IExchangeListener
{
    void OnExecution(ExecutionReport report);

    void OnList(OrderList list, ListStatus status, long timeMs);

    void OnAccount(AccountChange change, long timeMs);

    void OnTrade(Market market, in PublicTrade trade);

    void OnTopOfBook(Market market, long timeMs);

    void OnDepth(Market market, DepthSpeed speed, DepthDiff diff, long timeMs);
}
