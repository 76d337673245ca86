using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Time;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// Holds what was accepted against the limits: whatever makes a position larger at worst, must stay within all of them.
/// </summary>
internal sealed class AcceptedOrders(Desk desk)
{
    private const long WindowNanos = Venue.OrderWindowMs * UnixNanos.PerMillisecond;

    private const int LeverageUnit = 100;

    private readonly Dictionary<AccountId, List<long>> _times = [];

    /// <param name="report">Of an order that was not placed elsewhere, and no fill.</param>
    /// <param name="isAccepted">Its order, asked for by itself or the first of a list, is accepted now.</param>
    /// <param name="liveOrders">Of the account, with this one.</param>
    public void Check(
        in ExecutionReport report, bool isAccepted, in Exposure before, in Exposure after, int liveOrders)
    {
        AccountId account = report.Header.AccountId;
        if (after.Quantity > before.Quantity)
        {
            Holds(account, "position", after.Quantity, Venue.PositionMaxOf(report.InstrumentId, isWhole: true));
            Holds(account, "value", after.Account, account == Venue.Alone
                ? Amount(Venue.AloneValueMax)
                : long.MaxValue);
            Holds(account, "value of its owner", after.Group, account == Venue.Left || account == Venue.Right
                ? Amount(Venue.PairValueMax)
                : long.MaxValue);
            Holds(account, "value of all accounts", after.Firm, Amount(Venue.FirmValueMax));
            Holds(
                account,
                "value of futures",
                after.Futures,
                Venue.IsFutures(report.InstrumentId) ? FuturesMax(account, after.Equity) : long.MaxValue);
            if (isAccepted)
            {
                long notional = Venue.Notional(report.InstrumentId, report.Terms.Price, report.Terms.Quantity);
                Holds(account, "notional of an order", notional, Amount(Venue.OrderNotionalMax));
                Holds(account, "live orders", liveOrders, Venue.OpenOrdersMaxOf(isWhole: true));
                Holds(
                    account, "orders in a window", OrdersBefore(account, report.Header.UnixNanos) + 1,
                    Venue.OrdersPerWindowMax);
            }
        }

        if (isAccepted)
        {
            TimesOf(account).Add(report.Header.UnixNanos);
        }
    }

    private static void Holds(AccountId account, string what, long counted, long max) => Violation.If(
        counted > max,
        ExposureCount.Name,
        $"an order of {Venue.NameOf(account)} was accepted that makes its {what} {counted}, and {max} is allowed");

    /// <summary>What the futures of an account may be worth with so much behind them.</summary>
    private long FuturesMax(AccountId account, long equity) =>
        (long)((Int128)equity * (long)(desk.LeverageMaxOf(account) * LeverageUnit) / LeverageUnit);

    private static long Amount(decimal usdt) => Mantissa.Of(usdt, 8);

    private int OrdersBefore(AccountId account, long unixNanos)
    {
        List<long> times = TimesOf(account);
        _ = times.RemoveAll(time => unixNanos - time >= WindowNanos);
        return times.Count;
    }

    private List<long> TimesOf(AccountId account)
    {
        if (!_times.TryGetValue(account, out List<long>? times))
        {
            times = [];
            _times.Add(account, times);
        }

        return times;
    }
}
