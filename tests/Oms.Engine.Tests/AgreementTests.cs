using CsCheck;
using Oms.Engine.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Over random days of everything, what the engine keeps up with each step equals what its orders, positions
/// and prices say; and when the last order has ended, nothing is reserved any more.
/// </summary>
public sealed class AgreementTests
{
    [Fact]
    public void All_parts_of_the_state_agree_after_every_step() => RandomDay.Steps(80).Sample(
        steps =>
        {
            Desk desk = RandomDay.Open();
            var day = new RandomDay(desk, RandomDay.AllAccounts);
            foreach ((int, int, int, int, int) step in steps)
            {
                Explained.Run(desk, () =>
                {
                    day.Step(step);
                    Audit.Holds(desk.Engine);
                });
            }

            day.End();
            Audit.Holds(desk.Engine);
            Assert.All(desk.Engine.State.Ledger.Rows, row => Assert.Equal(
                row.Account.Holdings.Where(holding => holding.QuoteRow == row)
                    .Sum(holding => holding.PositionMargin) + LeftOf(desk, row),
                row.Reserved));
        },
        iter: 400);

    /// <summary>Of orders that wait for fills which the exchange counted, and nobody told.</summary>
    private static long LeftOf(Desk desk, Ledgers.BalanceRow row)
    {
        long left = 0;
        for (int slot = 0; slot < desk.Engine.State.Orders.Capacity; slot++)
        {
            ref OrderState order = ref desk.Engine.State.Orders[slot];
            bool isOfRow = order.AccountId == row.Account.Id && !order.IsFinal && order.ReservedAmount > 0;
            left += isOfRow && order.SeenFinalStatus != 0
                && Reservations.RowOf(desk.Engine.State.HoldingOf(in order), order.Terms.Side) == row
                    ? order.ReservedAmount
                    : 0;
        }

        return left;
    }
}
