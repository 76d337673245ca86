using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 9. Once faults stop, orders and balances here are those of the exchange; and another round finds nothing
/// to say.
/// </summary>
internal static class Convergence
{
    private const string Name = "9 convergence";

    /// <summary>The first difference between here and there; null for none.</summary>
    public static string? Difference(EngineState state, SimulatedExchange exchange)
    {
        if (state.Transfers.Live.Length > 0)
        {
            return $"{state.Transfers.Live.Length} transfers are under way";
        }

        foreach (AccountState account in state.Accounts.Where(account => !Venue.IsInside(account.Id)))
        {
            if (account.Gate != AccountGate.Ready)
            {
                return $"{Venue.NameOf(account.Id)} is {account.Gate}, {account.GateReason}";
            }

            if ((WalletDifference(account, exchange) ?? PositionDifference(account, exchange)) is { } difference)
            {
                return difference;
            }
        }

        return OrderDifference(state, exchange);
    }

    private static string? WalletDifference(AccountState account, SimulatedExchange exchange)
    {
        foreach (Market wallet in new[] { Market.Spot, Market.Futures })
        {
            foreach (AssetId asset in Venue.Assets)
            {
                BalanceRow? row = account.Balances
                    .FirstOrDefault(row => row.Wallet == wallet && row.Asset.Definition.AssetId == asset);
                long here = row?.Total ?? 0;
                long there = exchange.Total(account.Id, wallet, asset);
                if (here != there || row is { InTransit: not 0 })
                {
                    return $"{Venue.NameOf(account.Id)} has {here} of asset {asset.Value} in {wallet}, there {there}; "
                        + $"{row?.InTransit} is in transit";
                }
            }
        }

        return null;
    }

    private static string? PositionDifference(AccountState account, SimulatedExchange exchange)
    {
        for (PositionSide side = PositionSide.Both; side <= PositionSide.Short; side++)
        {
            long here = account.Holdings.FirstOrDefault(holding => holding.Instrument.Id == Venue.Perpetual)
                ?.QuantityOf(side) ?? 0;
            long there = exchange.Futures.Position(account.Id, Venue.Perpetual, side).Quantity;
            if (here != there)
            {
                return $"{Venue.NameOf(account.Id)} has a position ({side}) of {here}, there {there}";
            }
        }

        return null;
    }

    public static void Check(EngineState state, SimulatedExchange exchange)
    {
        string? difference = Difference(state, exchange);
        Violation.If(difference is not null, Name, difference ?? "");
    }

    /// <summary>
    /// A further round says nothing but that it was one; an order may end meanwhile because its time ran out, and be
    /// canceled twice for it, of which the exchange refuses the second.
    /// </summary>
    public static void CheckQuiet(IEnumerable<byte[]> saidInFurtherRound)
    {
        HashSet<OrderId> timeUp = [];
        foreach (byte[] said in saidInFurtherRound)
        {
            bool isTimeUp = false;
            if (MessageBytes.Header(said).Kind == MessageKind.ExecutionReport)
            {
                ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(said);
                isTimeUp = report.Terms.ExpireUnixNanos != 0;
                _ = isTimeUp && timeUp.Add(report.OrderId);
            }
            else if (MessageBytes.Header(said).Kind == MessageKind.CancelRejected)
            {
                isTimeUp = timeUp.Contains(MessageBytes.As<CancelRejected>(said).OrderId);
            }

            Violation.If(
                MessageBytes.Header(said).Kind != MessageKind.AccountGateChanged && !isTimeUp,
                Name,
                $"a further round says {MessageBytes.Header(said).Kind} of "
                + Venue.NameOf(MessageBytes.Header(said).AccountId));
        }
    }

    private static string? OrderDifference(EngineState state, SimulatedExchange exchange)
    {
        int open = 0;
        for (int slot = 0; slot < state.Orders.Capacity; slot++)
        {
            ref OrderState order = ref state.Orders[slot];
            bool isElsewhere = order.OrderId.IsNone || order.IsFinal || !order.Has(OrderMarks.Sent);
            if (isElsewhere || Venue.IsInside(order.AccountId))
            {
                continue;
            }

            open++;
            OrderState here = order;
            ExchangeOrder? there = exchange.Open.FirstOrDefault(each => each.Account == here.AccountId
                && (each.IsExternal ? each.Number == here.ExchangeOrderId : each.OrderId == here.OrderId));
            bool isSame = there is not null
                && there.Executed == here.CumulativeQuantity
                && there.Terms.Quantity == here.Terms.Quantity
                && there.Terms.Price == here.Terms.Price;
            if (!isSame)
            {
                return $"order {here.OrderId} is {here.Status}, {here.CumulativeQuantity} of {here.Terms.Quantity} at "
                    + $"{here.Terms.Price} here, and there "
                    + (there is null
                        ? "nothing"
                        : $"{there.Executed} of {there.Terms.Quantity} at {there.Terms.Price}");
            }
        }

        return open == exchange.Open.Count() ? null : $"{open} orders live here and {exchange.Open.Count()} there";
    }
}
