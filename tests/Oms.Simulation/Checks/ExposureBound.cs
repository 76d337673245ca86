using Oms.Domain.Ids;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;
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

    /// <summary>As the exchange has it: position, and every open order filled.</summary>
    public static void Check(
        IReadOnlyList<ExchangeOrder> orders,
        IReadOnlyList<ExchangeTransfer> transfers,
        Func<InstrumentId, long> amountMaxOf)
    {
        foreach ((AccountId account, InstrumentId instrument) in
            orders.Select(order => (order.Account, order.Instrument)).Distinct())
        {
            if (account == Venue.Wild)
            {
                // What is done by hand asks nobody.
                continue;
            }

            ExchangeOrder[] own =
                [.. orders.Where(order => order.Account == account && order.Instrument == instrument)];
            // What the exchange traded on its own, and fees in the base asset, no order asked for: a short position is
            // a little shorter for them, and what was liquidated unseen is sold again.
            long unasked = own.Sum(order => order.IsExternal
                ? Venue.BaseAmount(instrument, order.Executed)
                : order.Fills.Sum(fill => fill.FeeAsset == Venue.BaseOf(instrument) ? fill.Fee : 0));
            // A position that was moved away leaves room for another; one that came is no order's.
            unasked += transfers
                .Where(each => each.IsDone && each.From != each.To && Venue.SpotOf(each.Asset) == instrument)
                .Sum(each => each.From == account || each.To == account ? each.Amount : 0);
            long amountMax = amountMaxOf(instrument);
            long atWorst = own.GroupBy(order => order.Terms.PositionSide).Max(AtWorst);
            Violation.If(
                atWorst > amountMax + unasked,
                Name,
                $"{Venue.NameOf(account)} may come to {atWorst} in instrument {instrument.Value} at the exchange, "
                + $"and {amountMax} is allowed");
        }
    }

    /// <summary>The largest that a position can become, long or short.</summary>
    private static long AtWorst(IEnumerable<ExchangeOrder> orders)
    {
        (long position, long buys, long sells) = (0, 0, 0);
        foreach (ExchangeOrder order in orders)
        {
            long executed = Venue.BaseAmount(order.Instrument, order.Executed);
            bool canGrow = order.IsOpen && !FuturesWallets.IsClosing(order.Terms);
            long open = canGrow ? Venue.BaseAmount(order.Instrument, order.Leaves) : 0;
            position += order.Terms.IsBuy ? executed : -executed;
            position -= order.Fills.Sum(fill => fill.FeeAsset == Venue.BaseOf(order.Instrument) ? fill.Fee : 0);
            buys += order.Terms.IsBuy ? open : 0;
            sells += order.Terms.IsBuy ? 0 : open;
        }

        return Math.Max(position + buys, -(position - sells));
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
