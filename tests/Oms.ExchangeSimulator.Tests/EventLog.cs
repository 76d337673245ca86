using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Keeps what the exchange told.</summary>
internal sealed class EventLog : IExchangeListener
{
    public List<ExecutionReport> Executions { get; } = [];

    public List<DepthDiff> Diffs { get; } = [];

    public void OnExecution(ExecutionReport report) => Executions.Add(report);

    public List<AccountChange> Changes { get; } = [];

    public List<(OrderList List, ListStatus Status)> Lists { get; } = [];

    public void OnList(OrderList list, ListStatus status, long timeMs) => Lists.Add((list, status));

    public void OnAccount(AccountChange change, long timeMs) => Changes.Add(change);

    public void OnTrade(Market market, in PublicTrade trade)
    {
    }

    public void OnTopOfBook(Market market, long timeMs)
    {
    }

    public void OnDepth(Market market, DepthSpeed speed, DepthDiff diff, long timeMs)
    {
        if (market.Symbol.Name == "BTCUSDT" && speed == DepthSpeed.Every100Ms)
        {
            Diffs.Add(diff);
        }
    }
}
