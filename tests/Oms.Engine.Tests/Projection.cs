using System.Text;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Tests;

/// <summary>
/// A state as far as it says what is: without the numbers of reports, times, and places in memory, which tell
/// how it came about.
/// </summary>
internal static class Projection
{
    private const OrderMarks Told = OrderMarks.StagesTold | OrderMarks.CancelWanted;

    public static string Of(Engine engine)
    {
        EngineState state = engine.State;
        var text = new StringBuilder();
        string[] orders =
        [
            .. Enumerable.Range(0, state.Orders.Capacity)
                .Where(slot => !state.Orders[slot].OrderId.IsNone)
                .Select(slot => Text(in state.Orders[slot]))
                .Order(),
        ];
        _ = text.AppendJoin('\n', orders).AppendLine();
        foreach (BalanceRow row in state.Ledger.Rows)
        {
            _ = text.AppendLine(
                $"{row.Account.Id} {row.Wallet} {row.Asset.Definition.Name} "
                + $"{row.Total} {row.Reserved} {row.Unrealized}");
        }

        foreach (Holding holding in state.Holdings.All)
        {
            _ = text.AppendLine(
                $"{holding.Account.Id} {holding.Instrument.Id} buys {holding.OpenBuys} sells {holding.OpenSells} "
                + $"margin {holding.PositionMargin} worth {holding.Value} gained {holding.ProfitAndLoss}");
            foreach (Position position in holding.Positions)
            {
                _ = text.AppendLine(
                    $"  {position.Side} {position.Quantity} {position.OpenNotional} {position.RealizedPnl} "
                    + $"{position.QuoteFees} {position.BaseFees} {position.FeeValue}");
            }
        }

        return text.ToString();
    }

    private static string Text(in OrderState order) =>
        $"{order.AccountId} {order.ClientOrderId} {order.Status} {order.Terms} filled {order.CumulativeQuantity} for "
        + $"{order.CumulativeNotional} reserves {order.ReservedAmount} opens {order.OpenAmount} {order.Marks & ~Told}";
}
