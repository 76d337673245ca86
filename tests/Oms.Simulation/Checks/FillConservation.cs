using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.State;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 1. Each fill that the OMS reports is one of the exchange, booked once; in the end those of an order add
/// up to what the exchange executed of it, and those of an account to its position.
/// </summary>
internal sealed class FillConservation(IReadOnlyList<ExchangeOrder> orders)
{
    private const string Name = "1 fill conservation";

    private readonly HashSet<(AccountId, InstrumentId, Side, long)> _booked = [];
    private readonly Dictionary<(AccountId, OrderId), long> _executed = [];
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), long> _positions = [];
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), long> _stated = [];

    /// <summary>Takes in what clients are told.</summary>
    public void Hear(in ExecutionReport report)
    {
        if (report.ExecutionType != ExecutionType.Trade || Venue.IsInside(report.InstrumentId))
        {
            return;
        }

        ExecutionReport said = report;
        AccountId account = said.Header.AccountId;
        string fill = $"trade {said.TradeId} of order {said.OrderId} of {Venue.NameOf(account)}";
        ExchangeOrder? order = orders.FirstOrDefault(each => each.Account == account
            && (each.OrderId == said.OrderId || (each.IsExternal && each.Number == said.ExchangeOrderId)));
        ExchangeFill? there = order?.Fills.FirstOrDefault(each => each.TradeId == said.TradeId);
        Violation.If(there is null, Name, $"{fill} is reported and the exchange has none");
        Violation.If(
            there!.Price != said.LastPrice || there.Quantity != said.LastQuantity || there.Fee != said.Fee,
            Name,
            $"{fill} is reported as {said.LastQuantity} at {said.LastPrice}, fee {said.Fee}, and is {there}");
        Violation.If(
            !_booked.Add((account, said.InstrumentId, said.Terms.Side, said.TradeId)), Name, $"{fill} is booked twice");
        _executed[(account, said.OrderId)] = _executed.GetValueOrDefault((account, said.OrderId)) + said.LastQuantity;
        Violation.If(
            said.CumulativeQuantity != _executed[(account, said.OrderId)],
            Name,
            $"after {fill} it counts {said.CumulativeQuantity}, and {_executed[(account, said.OrderId)]} is reported");
        long amount = Venue.BaseAmount(said.InstrumentId, said.LastQuantity);
        bool isFeeOfBase = said.FeeAssetId == Venue.BaseOf(said.InstrumentId);
        (AccountId, InstrumentId, PositionSide) position = (account, said.InstrumentId, said.Terms.PositionSide);
        _positions[position] = _positions.GetValueOrDefault(position)
            + (said.Terms.IsBuy ? amount : -amount) - (isFeeOfBase ? said.Fee : 0);
    }

    /// <summary>What the exchange states of a position that the OMS has otherwise.</summary>
    public void Hear(in DifferenceFound found)
    {
        if (found.What == DifferenceKind.Position)
        {
            _stated[(found.Header.AccountId, found.InstrumentId, found.PositionSide)] = found.There;
        }
    }

    /// <summary>A position is what its fills add up to, or what the exchange stated of it.</summary>
    public void Hear(in PositionChanged changed)
    {
        (AccountId Account, InstrumentId Instrument, PositionSide) position =
            (changed.Header.AccountId, changed.InstrumentId, changed.PositionSide);
        if (Venue.IsInside(position.Instrument))
        {
            return;
        }

        bool isFirst = !_positions.TryGetValue(position, out long booked);
        bool isAdopted = booked != changed.Quantity
            && (isFirst || (_stated.TryGetValue(position, out long stated) && stated == changed.Quantity));
        Violation.If(
            booked != changed.Quantity && !isAdopted,
            Name,
            $"{Venue.NameOf(position.Account)} is said to hold {changed.Quantity}, and its fills add up to {booked}");
        _positions[position] = changed.Quantity;
    }

    /// <summary>After everything was reconciled.</summary>
    public void CheckEnd(EngineState state)
    {
        foreach (ExchangeOrder order in orders)
        {
            Violation.If(
                order.Executed > order.Terms.Quantity,
                Name,
                $"the exchange filled {order.OrderId} beyond its quantity");
            long reported = _executed.GetValueOrDefault((order.Account, order.OrderId));
            Violation.If(
                !order.IsExternal && reported != order.Executed,
                Name,
                $"order {order.OrderId} of {Venue.NameOf(order.Account)}: the exchange executed {order.Executed}, "
                + $"{reported} is reported");
        }

        foreach (Position position in state.Holdings.Positions)
        {
            Holding holding = position.Holding;
            if (Venue.IsInside(holding.Account.Id))
            {
                continue;
            }

            long reported =
                _positions.GetValueOrDefault((holding.Account.Id, holding.Instrument.Id, position.Side));
            long held = position.Quantity;
            Violation.If(
                held != reported,
                Name,
                $"position of {Venue.NameOf(holding.Account.Id)} in instrument {holding.Instrument.Id.Value} is "
                + $"{held}, its fills add up to {reported}");
        }
    }
}
