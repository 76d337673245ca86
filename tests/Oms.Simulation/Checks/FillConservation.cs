using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
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
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), long> _open = [];
    private readonly Dictionary<TransferId, (long Quantity, bool HasArrived)> _moved = [];
    private long _unixNanos;

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

    /// <summary>What the OMS says of a position; see <see cref="EndMoment"/>.</summary>
    public void Hear(in PositionChanged changed)
    {
        (AccountId Account, InstrumentId Instrument, PositionSide) position =
            (changed.Header.AccountId, changed.InstrumentId, changed.PositionSide);
        if (Venue.IsInside(position.Instrument))
        {
            return;
        }

        bool isFirst = !_positions.TryGetValue(position, out long booked) && Venue.IsFutures(position.Instrument);
        bool isStated = _stated.TryGetValue(position, out long stated) && stated == changed.Quantity;
        if (isFirst || isStated)
        {
            _positions[position] = changed.Quantity;
        }

        _open[position] = changed.Quantity;
    }

    /// <summary>
    /// What a transfer of an asset takes along of the position in it, its receiver gets; of one that is denied after
    /// that, its sender gets back what the receiver still has of it.
    /// </summary>
    public void Hear(in TransferReport report)
    {
        InstrumentId instrument = Venue.SpotOf(report.AssetId);
        (AccountId from, AccountId to) = (report.Header.AccountId, report.ToAccountId);
        if (report.TransferId.IsNone || instrument.IsNone || from == to)
        {
            return;
        }

        (long quantity, bool hasArrived) = _moved.GetValueOrDefault(report.TransferId);
        switch (report.Step)
        {
            case TransferStep.Debited when report.Leg == 1:
                _moved[report.TransferId] = (Take(from, instrument, report.Amount), false);
                break;
            case TransferStep.Credited when report.Status == TransferStatus.Completed:
                Add(to, instrument, quantity);
                _moved[report.TransferId] = (quantity, true);
                break;
            case TransferStep.Refused or TransferStep.Reversed:
                Add(from, instrument, hasArrived ? Take(to, instrument, quantity) : quantity);
                _ = _moved.Remove(report.TransferId);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// All that was said of a moment is known: a position is what its fills add up to, or what the exchange stated.
    /// </summary>
    /// <param name="unixNanos">Of the next that is said.</param>
    public void EndMoment(long unixNanos)
    {
        if (unixNanos == _unixNanos)
        {
            return;
        }

        _unixNanos = unixNanos;
        foreach (((AccountId, InstrumentId, PositionSide) position, long said) in _open)
        {
            long booked = _positions.GetValueOrDefault(position);
            Violation.If(
                booked != said,
                Name,
                $"{Venue.NameOf(position.Item1)} is said to hold {said}, and its fills add up to {booked}");
        }

        _open.Clear();
    }

    /// <returns>What there was of it, and is not any more.</returns>
    private long Take(AccountId account, InstrumentId instrument, long amount)
    {
        long held = _positions.GetValueOrDefault((account, instrument, PositionSide.Both));
        long quantity = Math.Clamp(held, 0, amount);
        Add(account, instrument, -quantity);
        return quantity;
    }

    private void Add(AccountId account, InstrumentId instrument, long quantity)
    {
        (AccountId, InstrumentId, PositionSide) position = (account, instrument, PositionSide.Both);
        _positions[position] = _positions.GetValueOrDefault(position) + quantity;
    }

    /// <summary>After everything was reconciled.</summary>
    public void CheckEnd(EngineState state)
    {
        EndMoment(long.MaxValue);
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
