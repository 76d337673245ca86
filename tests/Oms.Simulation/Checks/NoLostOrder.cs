using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 2. Whatever dies: each order that lives at the exchange lives in the OMS, and in the end each intent is
/// resolved.
/// </summary>
internal static class NoLostOrder
{
    private const string Name = "2 no lost order";

    /// <summary>At any moment: what is open there is known here, and not taken for ended.</summary>
    public static void Check(IEnumerable<ExchangeOrder> open, EngineState state)
    {
        foreach (ExchangeOrder order in open)
        {
            if (order.IsExternal)
            {
                continue;
            }

            string which = $"order {order.OrderId} of {Venue.NameOf(order.Account)}";
            bool isKnown = state.Orders.TryFind(order.OrderId, out int slot);
            Violation.If(!isKnown, Name, $"{which} is open at the exchange and not known");
            Violation.If(
                state.Orders[slot].IsFinal,
                Name,
                $"{which} is open at the exchange and taken for {state.Orders[slot].Status}");
        }
    }

    /// <summary>After everything was reconciled.</summary>
    public static void CheckEnd(IEnumerable<ExchangeOrder> orders, History history, EngineState state)
    {
        HashSet<OrderId> told = [.. history.Executions.Select(report => report.OrderId)];
        foreach (ExchangeOrder order in orders.Where(order => !order.IsExternal))
        {
            Violation.If(
                !told.Contains(order.OrderId), Name, $"nobody was ever told of order {order.OrderId} at the exchange");
        }

        for (int slot = 0; slot < state.Orders.Capacity; slot++)
        {
            ref OrderState order = ref state.Orders[slot];
            bool isOpenEnded = !order.OrderId.IsNone
                && order.Status is OrderStatus.PendingNew or OrderStatus.Unknown
                    or OrderStatus.PendingCancel or OrderStatus.PendingReplace;
            Violation.If(isOpenEnded, Name, $"order {order.OrderId} is still {order.Status}");
        }
    }
}
