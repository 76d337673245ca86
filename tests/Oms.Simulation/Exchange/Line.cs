using Oms.Domain.Ids;
using Oms.Domain.Time;
using Oms.Simulation.World;

namespace Oms.Simulation.Exchange;

/// <summary>
/// The way between connector and exchange: what goes over it may be lost, come twice, or come late, and so in another
/// order. No request arrives later than <see cref="RequestNanosMax"/> after it left.
/// </summary>
internal sealed class Line(Network network, Dice dice, Tally tally)
{
    public const long RequestNanosMax = 1_500 * UnixNanos.PerMillisecond;
    private const long QuickNanosMax = 40 * UnixNanos.PerMillisecond;

    private readonly Dictionary<AccountId, int> _changes = [];

    /// <summary>Of a thousand messages, each.</summary>
    public int Dropped { get; set; }

    public int Duplicated { get; set; }

    public int Delayed { get; set; }

    /// <summary>Sends something; false when it will not arrive.</summary>
    public bool Send(string what, Action arrives, bool mayComeTwice)
    {
        if (dice.Chance(Dropped))
        {
            tally.Add($"{what} dropped");
            return false;
        }

        network.After(Nanos(what), arrives);
        if (mayComeTwice && dice.Chance(Duplicated))
        {
            tally.Add($"{what} duplicated");
            network.After(Nanos(what), arrives);
        }

        return true;
    }

    /// <summary>Whether a change of an order is on its way, of whichever session.</summary>
    public bool IsChanging(AccountId account) => _changes.GetValueOrDefault(account) > 0;

    /// <summary>Sends a change of an order.</summary>
    public void SendChange(AccountId account, Action arrives)
    {
        _changes[account] = _changes.GetValueOrDefault(account) + 1;
        bool isSent = Send(
            "request",
            () =>
            {
                _changes[account]--;
                arrives();
            },
            mayComeTwice: false);
        _changes[account] -= isSent ? 0 : 1;
    }

    private long Nanos(string what)
    {
        if (dice.Chance(Delayed))
        {
            tally.Add($"{what} delayed, overtaken by others");
            return dice.Between(QuickNanosMax, RequestNanosMax);
        }

        return dice.Between(UnixNanos.PerMillisecond / 10, QuickNanosMax);
    }
}
