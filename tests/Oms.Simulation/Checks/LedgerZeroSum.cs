using Oms.Domain.Ids;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>Invariant 6. Of each asset, all balances and what stands against them add up to nothing.</summary>
internal static class LedgerZeroSum
{
    private const string Name = "6 ledger zero-sum";

    public static void Check(Func<AssetId, Int128> sumOf)
    {
        foreach (AssetId asset in Venue.Assets)
        {
            Int128 sum = sumOf(asset);
            Violation.If(sum != 0, Name, $"asset {asset.Value} sums up to {sum}");
        }
    }

    /// <summary>The oracle must not make money either.</summary>
    public static void Check(SimulatedExchange exchange) => Check(asset =>
        Desk.Whole.Routed.Aggregate(
            (Int128)exchange.Contra[asset],
            (sum, account) => sum + exchange.Total(account, asset)
                + (asset == Venue.Usdt ? exchange.Futures.Total(account) : 0)));
}
