using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>What a desk said of orders that are matched here: their trades, and the last of each.</summary>
internal sealed class SaidOfOrders(Desk desk)
{
    private int _read;

    public Dictionary<string, ExecutionReport> Last { get; } = [];

    /// <summary>Maker, taker, price, quantity: each trade is told of both, of the maker first.</summary>
    public List<(string Maker, string Taker, long Price, long Quantity)> Trades { get; } = [];

    /// <summary>Takes in what was said since the last time.</summary>
    public void Read()
    {
        string? maker = null;
        for (; _read < desk.Output.Count; _read++)
        {
            if (MessageBytes.Header(desk.Output[_read]).Kind != MessageKind.ExecutionReport)
            {
                continue;
            }

            ExecutionReport report = MessageBytes.As<ExecutionReport>(desk.Output[_read]);
            string name = report.ClientOrderId.ToString();
            Last[name] = report;
            if (report.ExecutionType != ExecutionType.Trade)
            {
                continue;
            }

            if (maker is not null)
            {
                Trades.Add((maker, name, report.LastPrice, report.LastQuantity));
            }

            maker = maker is null ? name : null;
        }
    }
}
