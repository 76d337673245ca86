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
    public static void Check(IReadOnlyList<ExchangeOrder> orders, long amountMax)
    {
        foreach ((AccountId account, InstrumentId instrument) in
            orders.Select(order => (order.Account, order.Instrument)).Distinct())
        {
            if (account == Venue.Wild)
            {
                // What is done by hand asks nobody.
                continue;
            }

            (long position, long buys, long sells) = (0, 0, 0);
            foreach (ExchangeOrder order in orders)
            {
                if (order.Account == account && order.Instrument == instrument)
                {
                    long executed = Venue.BaseAmount(instrument, order.Executed);
                    long open = order.IsOpen ? Venue.BaseAmount(instrument, order.Leaves) : 0;
                    position += order.Terms.IsBuy ? executed : -executed;
                    position -= order.Fills.Sum(fill => fill.FeeAsset == Venue.BaseOf(instrument) ? fill.Fee : 0);
                    buys += order.Terms.IsBuy ? open : 0;
                    sells += order.Terms.IsBuy ? 0 : open;
                }
            }

            // Fees in the base asset make a short position a little shorter: no order asked for that.
            long fees = orders.Where(order => order.Account == account && order.Instrument == instrument)
                .Sum(order => order.Fills.Sum(fill => fill.FeeAsset == Venue.BaseOf(instrument) ? fill.Fee : 0));
            long atWorst = Math.Max(position + buys, -(position - sells));
            Violation.If(
                atWorst > amountMax + fees,
                Name,
                $"{Venue.NameOf(account)} may come to {atWorst} in instrument {instrument.Value} at the exchange, "
                + $"and {amountMax} is allowed");
        }
    }

    /// <summary>When no order lives any more.</summary>
    public static void CheckEnd(EngineState state)
    {
        foreach (BalanceRow row in state.Ledger.Rows)
        {
            Violation.If(
                row.Reserved != 0,
                Name,
                $"{row.Reserved} {row.Asset.Definition.Name} of {Venue.NameOf(row.Account.Id)} stay reserved");
        }

        foreach (Holding holding in state.Holdings.All)
        {
            Violation.If(
                holding.OpenBuys != 0 || holding.OpenSells != 0,
                Name,
                $"{Venue.NameOf(holding.Account.Id)} counts {holding.OpenBuys} to buy and {holding.OpenSells} to sell, "
                + "and no order lives");
        }
    }
}
