using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// At which leverage futures need their margin: at that of the account's limit until the exchange stated its own, which
/// it does in every round; of a round that was not heard to its end either may hold.
/// </summary>
internal sealed class CountedLeverages(Desk desk)
{
    private const int Unit = 100;

    private readonly HashSet<AccountId> _stated = [];
    private readonly HashSet<AccountId> _known = [];

    public void Take(in PositionSeen seen) => _ = _stated.Add(seen.Header.AccountId);

    public void Take(in AccountGateChanged changed)
    {
        if (changed is { Gate: AccountGate.Ready, Reason: GateReason.EvidenceComplete })
        {
            _ = _known.Add(changed.Header.AccountId);
        }
    }

    /// <summary>What a position of so much, or an order, needs.</summary>
    public Span MarginOf(AccountId account, long cost)
    {
        Span ofExchange = Margin(cost, Venue.Leverage * Unit);
        Span ofLimit = Margin(cost, (long)(desk.LeverageMaxOf(account) * Unit));
        return _known.Contains(account) ? ofExchange : _stated.Contains(account) ? ofExchange.Or(ofLimit) : ofLimit;
    }

    private static Span Margin(long cost, long leverage) =>
        Span.Of((long)((((Int128)cost * Unit) + leverage - 1) / leverage));
}
