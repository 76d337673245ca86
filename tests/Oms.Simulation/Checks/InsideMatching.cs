using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariants 1 and 10 for what FastPath matches itself: each trade has two sides, of two owners, at a price that both
/// allow and that is the resting order's; and at rest no buy stands at or above a sale of another owner.
/// </summary>
internal sealed class InsideMatching
{
    private const string Name = "1 fill conservation (inside)";

    private readonly Dictionary<long, ExecutionReport> _firstSides = [];
    private readonly Dictionary<OrderId, ExecutionReport> _live = [];
    private readonly Dictionary<OrderId, long> _executed = [];

    /// <summary>Trades with both sides.</summary>
    public int Trades { get; private set; }

    /// <summary>Takes in what clients are told.</summary>
    public void Hear(in ExecutionReport report)
    {
        if (!Venue.IsInside(report.InstrumentId))
        {
            return;
        }

        if (report.ExecutionType == ExecutionType.Trade)
        {
            HearTrade(in report);
        }

        if (OrderLifecycle.IsFinal(report.Status))
        {
            _ = _live.Remove(report.OrderId);
        }
        else
        {
            _live[report.OrderId] = report;
        }
    }

    /// <summary>Every trade has been told of both who made it, and the book does not cross.</summary>
    public void CheckEnd()
    {
        foreach (ExecutionReport lonely in _firstSides.Values)
        {
            throw new Violation(Name, $"trade {lonely.TradeId} of {lonely.OrderId} has one side");
        }

        ExecutionReport[] resting =
        [
            .. _live.Values.Where(order => order.Status != OrderStatus.Suspended && !order.Terms.IsAtMarket),
        ];
        foreach (ExecutionReport buy in resting.Where(order => order.Terms.IsBuy))
        {
            ExecutionReport sale = resting.FirstOrDefault(order => !order.Terms.IsBuy
                && order.Terms.Price <= buy.Terms.Price
                && OwnerOf(in order) != OwnerOf(in buy));
            Violation.If(!sale.OrderId.IsNone, Name, $"{buy.OrderId} and {sale.OrderId} cross and do not trade");
        }
    }

    private void HearTrade(in ExecutionReport report)
    {
        string trade = $"trade {report.TradeId} of {report.OrderId}";
        bool isAllowed = report.Terms.IsAtMarket
            || (report.Terms.IsBuy ? report.LastPrice <= report.Terms.Price : report.LastPrice >= report.Terms.Price);
        Violation.If(!isAllowed, Name, $"{trade} at {report.LastPrice}, and its limit is {report.Terms.Price}");
        _executed[report.OrderId] = _executed.GetValueOrDefault(report.OrderId) + report.LastQuantity;
        Violation.If(
            _executed[report.OrderId] != report.CumulativeQuantity || report.CumulativeQuantity > report.Terms.Quantity,
            Name,
            $"after {trade} it counts {report.CumulativeQuantity} of {report.Terms.Quantity}, and "
            + $"{_executed[report.OrderId]} is reported");
        if (!_firstSides.Remove(report.TradeId, out ExecutionReport other))
        {
            _firstSides.Add(report.TradeId, report);
            return;
        }

        Trades++;
        bool isPair = other.LastPrice == report.LastPrice
            && other.LastQuantity == report.LastQuantity
            && other.Terms.IsBuy != report.Terms.IsBuy
            && other.IsMaker + report.IsMaker == 1;
        Violation.If(!isPair, Name, $"{trade} and its other side, of {other.OrderId}, do not belong together");
        ExecutionReport maker = other.IsMaker == 1 ? other : report;
        Violation.If(
            maker.LastPrice != maker.Terms.Price, Name, $"{trade} is not at the price of the order that rested");
        Violation.If(
            OwnerOf(in other) == OwnerOf(in report),
            "10 safety gates",
            $"{trade} is with {other.OrderId} of the same owner");
    }

    private static string OwnerOf(in ExecutionReport report) => Venue.OwnerOf(report.Header.AccountId);
}
