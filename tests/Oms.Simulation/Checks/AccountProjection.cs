using System.Text;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// The state of an account as far as it says what is: without the numbers of orders and reports, times, and places in
/// memory, which tell how it came about.
/// </summary>
internal static class AccountProjection
{
    private const OrderMarks Told = OrderMarks.StagesTold | OrderMarks.CancelWanted;

    public static string Of(EngineState state, AccountId id)
    {
        var text = new StringBuilder();
        string[] orders =
        [
            .. Enumerable.Range(0, state.Orders.Capacity)
                .Where(slot => !state.Orders[slot].OrderId.IsNone && state.Orders[slot].AccountId == id)
                .Select(slot => Text(in state.Orders[slot]))
                .Order(StringComparer.Ordinal),
        ];
        _ = text.AppendJoin('\n', orders).AppendLine();
        AccountState account = state.Account(id);
        _ = text.AppendLine($"gate {account.Gate} halt {account.Halt}");
        foreach (BalanceRow row in account.Balances)
        {
            _ = text.AppendLine($"{row.Wallet} {row.Asset.Definition.Name} {row.Total} {row.Reserved} {row.InTransit}");
        }

        foreach (Holding holding in account.Holdings)
        {
            _ = text.AppendLine(
                $"{holding.Instrument.Id} buys {holding.OpenBuys} sells {holding.OpenSells} worth {holding.Value}");
            foreach (Position position in holding.Positions)
            {
                _ = text.AppendLine(
                    $"  {position.Side} {position.Quantity} {position.OpenNotional} {position.RealizedPnl} "
                    + $"{position.QuoteFees} {position.BaseFees} {position.FeeValue} {position.Funding}");
            }
        }

        return text.ToString();
    }

    public static string OfAll(EngineState state) =>
        string.Concat(state.Accounts.Select(account => $"{Venue.NameOf(account.Id)}\n{Of(state, account.Id)}"));

    /// <summary>The first line in which two differ.</summary>
    public static string Difference(string before, string after)
    {
        string[] left = before.Split('\n');
        string[] right = after.Split('\n');
        for (int index = 0; index < Math.Max(left.Length, right.Length); index++)
        {
            string one = index < left.Length ? left[index] : "nothing";
            string other = index < right.Length ? right[index] : "nothing";
            if (one != other)
            {
                return $"\"{one}\" and \"{other}\"";
            }
        }

        return "nothing";
    }

    /// <summary>The engine names its own orders after the number of the one that they are about.</summary>
    private static string NameOf(in OrderState order) =>
        order.Origin == OrderOrigin.Emergency ? $"exit {order.ClientOrderId.ToString()[0]}" : $"{order.ClientOrderId}";

    private static string Text(in OrderState order) =>
        $"{NameOf(in order)} {order.Status} {order.Terms.Side} {order.Terms.Quantity} at {order.Terms.Price} "
        + $"filled {order.CumulativeQuantity} for {order.CumulativeNotional} reserves {order.ReservedAmount} "
        + $"opens {order.OpenAmount} {order.Marks & ~Told}";
}
