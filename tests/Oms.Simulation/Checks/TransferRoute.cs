using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Simulation.Checks;

/// <summary>
/// The wallets that a transfer passes: straight from one to the other, but between the futures wallets of two accounts
/// over the spot wallet of the first. Even places give, odd ones get.
/// </summary>
internal static class TransferRoute
{
    public static (AccountId Account, Market Wallet)[] Of(
        AccountId from, Market fromWallet, AccountId to, Market toWallet) =>
        (fromWallet, toWallet) == (Market.Futures, Market.Futures)
            ? [(from, Market.Futures), (from, Market.Spot), (from, Market.Spot), (to, Market.Futures)]
            : [(from, fromWallet), (to, toWallet)];
}
