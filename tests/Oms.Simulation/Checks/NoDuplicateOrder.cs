using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 3. Whatever is repeated: an intent makes one order at the exchange at most, counted by our id and by what
/// the client asked for; and no request reaches a connector twice.
/// </summary>
internal static class NoDuplicateOrder
{
    private const string Name = "3 no duplicate order";

    public static void Check(IEnumerable<ExchangeOrder> orders, History history)
    {
        foreach (OrderId repeated in history.RequestsRepeated)
        {
            throw new Violation(Name, $"a connector was asked twice to send {repeated}");
        }

        foreach ((long number, long before) in history.RequestsOutOfOrder)
        {
            throw new Violation(Name, $"request {number} came behind request {before}");
        }

        Dictionary<OrderId, (AccountId, ClientOrderId)> intents = [];
        foreach (ExecutionReport report in history.Executions)
        {
            intents[report.OrderId] = (report.Header.AccountId, report.ClientOrderId);
        }

        HashSet<OrderId> ids = [];
        HashSet<(AccountId, ClientOrderId)> taken = [];
        foreach (ExchangeOrder order in orders.Where(order => !order.IsExternal))
        {
            Violation.If(!ids.Add(order.OrderId), Name, $"the exchange took {order.OrderId} twice");
            bool isTwice = intents.TryGetValue(order.OrderId, out (AccountId, ClientOrderId) intent)
                && !taken.Add(intent);
            Violation.If(isTwice, Name, $"the exchange took {order.OrderId}, another order for {intent}");
        }
    }
}
