using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 10. Behind a halt no request adds risk; once it is confirmed the exchange takes no such order any more;
/// and accounts of one owner never trade with each other.
/// </summary>
internal static class SafetyGates
{
    private const string Name = "10 safety gates";

    public static void Check(IReadOnlyList<ExchangeOrder> orders, History history)
    {
        CheckRequests(history);
        CheckTrades(orders);
        foreach (ConfirmedHalt halt in history.ConfirmedHalts)
        {
            ExchangeOrder? late = orders.FirstOrDefault(order => order.Account == halt.Account
                && !order.IsExternal
                && AddsRisk(order.Terms)
                && order.PlacedInStep > halt.FromStep
                && order.PlacedInStep <= halt.ToStep);
            Violation.If(
                late is not null,
                Name,
                $"the exchange took {late?.OrderId} of {Venue.NameOf(halt.Account)} in step {late?.PlacedInStep}, "
                + $"halted since step {halt.FromStep}");
        }
    }

    /// <summary>
    /// What orders met at the exchange. What was placed by hand asked nobody.
    /// </summary>
    private static void CheckTrades(IEnumerable<ExchangeOrder> orders)
    {
        foreach (ExchangeOrder order in orders.Where(order => !order.IsExternal))
        {
            ExchangeFill? own = order.Fills.FirstOrDefault(fill => fill.Against is { IsExternal: false } against
                && Venue.OwnerOf(order.Account) == Venue.OwnerOf(against.Account));
            Violation.If(
                own is not null,
                Name,
                $"{order.OrderId} trades with {own?.Against?.OrderId} of the same owner, trade {own?.TradeId}");
        }
    }

    /// <summary>Between a halt and its end the engine asks for nothing that adds risk.</summary>
    private static void CheckRequests(History history)
    {
        foreach (AccountId account in Desk.Whole.Routed)
        {
            HaltChanged[] halts =
            [
                .. history.Of<HaltChanged>().Where(halt =>
                    halt.Scope == HaltScope.Account && halt.Header.AccountId == account),
            ];
            foreach (Submission submission in history.Submissions.Where(each => each.Account == account))
            {
                HaltChanged last = halts.LastOrDefault(halt => halt.Header.UnixNanos <= submission.UnixNanos);
                bool isHalted = last.State is HaltState.Halted or HaltState.Confirmed
                    && last.Header.UnixNanos < submission.UnixNanos;
                Violation.If(
                    isHalted && AddsRisk(submission.Terms),
                    Name,
                    $"{submission.OrderId} of {Venue.NameOf(account)} was asked for although the account is halted");
            }
        }
    }

    /// <summary>What may only close adds none, nor do sales at the market: they get an account out of something.
    /// </summary>
    private static bool AddsRisk(in OrderTerms terms) =>
        !terms.IsReduceOnly && !FuturesWallets.IsClosing(in terms) && !(terms.IsAtMarket && !terms.IsBuy);
}
