using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;
using Oms.Simulation.Checks.Exposures;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 7. Position and all that may still trade are within the limit at every step, as the OMS counts them and as
/// the exchange has them; and when nothing lives, nothing is reserved.
/// </summary>
internal static class ExposureBound
{
    private const string Name = "7 exposure bound";

    /// <summary>
    /// As the exchange has it: position, and every open order filled. Of a position that moved between accounts only
    /// the log knows how much: see <see cref="CheckCounted"/>.
    /// </summary>
    public static void Check(
        IReadOnlyList<ExchangeOrder> orders,
        IReadOnlyList<ExchangeTransfer> transfers,
        Func<InstrumentId, long> amountMaxOf)
    {
        foreach ((AccountId account, InstrumentId instrument, ExchangeOrder[] own) in OfAccounts(orders))
        {
            bool isMoved = transfers.Any(each => each.From != each.To
                && Venue.SpotOf(each.Asset) == instrument
                && (each.From == account || each.To == account));
            if (isMoved)
            {
                continue;
            }

            // What the exchange traded on its own, and fees in the base asset, no order asked for: a short position is
            // a little shorter for them, and what was liquidated unseen is sold again.
            long unasked = External(own) + own.Where(order => !order.IsExternal).Sum(order =>
                order.Fills.Sum(fill => fill.FeeAsset == Venue.BaseOf(instrument) ? fill.Fee : 0));
            // And no limit stops what sells spot that is held.
            long reducing = own.Where(order => !Venue.IsFutures(instrument) && FuturesWallets.IsClosing(order.Terms))
                .Sum(order => Venue.BaseAmount(instrument, order.Executed));
            (long longest, long shortest) = Worst(own);
            long amountMax = amountMaxOf(instrument);
            Holds(account, instrument, longest, amountMax + unasked);
            Holds(account, instrument, shortest, amountMax + unasked + reducing);
        }
    }

    /// <summary>
    /// Likewise, and with what transfers brought and took along: no more than is allowed, or than was counted from the
    /// log, where each order was held against the limit as it was accepted.
    /// </summary>
    public static void CheckCounted(
        IReadOnlyList<ExchangeOrder> orders, ExposureCount count, Func<InstrumentId, long> amountMaxOf)
    {
        foreach ((AccountId account, InstrumentId instrument, ExchangeOrder[] own) in OfAccounts(orders))
        {
            CountedHolding counted = count.Holding(account, instrument);
            long along = count.Transfers.BroughtAlong(account, instrument);
            long unasked = External(own);
            long reducing = Venue.IsFutures(instrument) ? 0 : counted.Reductions(PositionSide.Both);
            (long longest, long shortest) = Worst(own);
            long amountMax = amountMaxOf(instrument);
            Holds(account, instrument, longest + along, Math.Max(amountMax, counted.Longest) + unasked);
            Holds(
                account, instrument, shortest - along, Math.Max(amountMax, counted.Shortest) + unasked + reducing);
        }
    }

    /// <summary>What is done by hand asks nobody.</summary>
    private static IEnumerable<(AccountId Account, InstrumentId Instrument, ExchangeOrder[] Own)> OfAccounts(
        IReadOnlyList<ExchangeOrder> orders) => orders
        .Where(order => order.Account != Venue.Wild)
        .GroupBy(order => (order.Account, order.Instrument))
        .Select(own => (own.Key.Account, own.Key.Instrument, own.ToArray()));

    private static long External(ExchangeOrder[] own) => own
        .Where(order => order.IsExternal)
        .Sum(order => Venue.BaseAmount(order.Instrument, order.Executed));

    private static void Holds(AccountId account, InstrumentId instrument, long atWorst, long max) => Violation.If(
        atWorst > max,
        Name,
        $"{Venue.NameOf(account)} may come to {atWorst} in instrument {instrument.Value} at the exchange, and {max} is "
        + "allowed");

    /// <summary>How long and how short, as an amount above zero, a position can become.</summary>
    private static (long Longest, long Shortest) Worst(ExchangeOrder[] orders)
    {
        (long longest, long shortest) = (0, 0);
        foreach (ExchangeOrder order in orders)
        {
            long executed = Venue.BaseAmount(order.Instrument, order.Executed);
            bool canGrow = order.IsOpen && !FuturesWallets.IsClosing(order.Terms);
            long open = canGrow ? Venue.BaseAmount(order.Instrument, order.Leaves) : 0;
            long position = (order.Terms.IsBuy ? executed : -executed)
                - order.Fills.Sum(fill => fill.FeeAsset == Venue.BaseOf(order.Instrument) ? fill.Fee : 0);
            longest += order.Terms.PositionSide == PositionSide.Short ? 0 : position;
            longest += order.Terms.IsBuy ? open : 0;
            shortest -= order.Terms.PositionSide == PositionSide.Long ? 0 : position;
            shortest += order.Terms.IsBuy ? 0 : open;
        }

        return (longest, shortest);
    }

    /// <summary>When no order lives any more.</summary>
    public static void CheckEnd(EngineState state)
    {
        foreach (BalanceRow row in state.Ledger.Rows)
        {
            long margin = row.Account.Holdings.Where(holding => holding.QuoteRow == row)
                .Sum(holding => holding.PositionMargin);
            Violation.If(
                row.Reserved != margin,
                Name,
                $"{row.Reserved - margin} {row.Asset.Definition.Name} of {Venue.NameOf(row.Account.Id)} stay reserved");
        }

        foreach (Holding holding in state.Holdings.All)
        {
            Violation.If(
                holding.OpenBuys != 0 || holding.OpenSells != 0 || holding.OpenReductions.Sum != 0,
                Name,
                $"{Venue.NameOf(holding.Account.Id)} counts {holding.OpenBuys} to buy and {holding.OpenSells} to sell, "
                + "and no order lives");
        }
    }
}
