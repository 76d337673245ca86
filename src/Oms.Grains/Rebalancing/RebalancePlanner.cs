using System.Collections.Immutable;
using Oms.Domain.Instruments;
using Oms.Grains.Transfers;

namespace Oms.Grains.Rebalancing;

/// <summary>
/// What is to be moved within a family: from sub-accounts what they have above their maximum, to sub-accounts what the
/// main account has above its minimum, the poorest first, to one level. What is under way counts against a move and
/// never for one: what comes leaves less room, what leaves is not collected or given a second time. So a plan that is
/// made again while the last one is under way has nothing to do.
/// </summary>
/// <param name="asset">What is moved.</param>
/// <param name="transferMin">Nothing below it is moved.</param>
internal sealed class RebalancePlanner(string asset, decimal transferMin)
{
    /// <summary>Of an amount: what an exchange and FastPath know.</summary>
    private const int Decimals = 8;

    /// <param name="main">Its bound is the minimum that it keeps.</param>
    /// <param name="subs">Their bounds are what each may have at most.</param>
    /// <returns>Collections, then distributions; each in the order of the accounts.</returns>
    public ImmutableArray<RebalanceMove> Plan(AccountFunds main, ImmutableArray<AccountFunds> subs)
    {
        if (main.Problem.Length > 0)
        {
            return [];
        }

        AccountFunds[] able = [.. subs.Where(sub => sub.Problem.Length == 0)];
        return [.. able.SelectMany(sub => Collect(sub, main)), .. Distribute(main, able)];
    }

    private IEnumerable<RebalanceMove> Collect(AccountFunds sub, AccountFunds main)
    {
        decimal excess = RoundUp(Math.Max(0, sub.Excess));
        foreach ((Market wallet, decimal free) in sub.Wallets)
        {
            decimal amount = RoundDown(Math.Min(excess, free));
            if (amount >= transferMin && amount > 0)
            {
                excess -= amount;
                yield return Move(RebalancePurpose.Collection, sub.Account, wallet, main.Account, Market.Spot, amount);
            }
        }
    }

    private IEnumerable<RebalanceMove> Distribute(AccountFunds main, AccountFunds[] subs)
    {
        decimal surplus = Math.Min(main.Free, main.Held - main.Leaving - (main.Bound ?? 0));
        (AccountFunds Sub, decimal Level, decimal Max)[] vessels =
        [
            .. subs.Where(sub => sub.Level < sub.LevelMax).Select(sub => (sub, sub.Level, sub.LevelMax)),
        ];
        if (surplus <= 0 || vessels.Length == 0)
        {
            yield break;
        }

        decimal filled = Fill(surplus, vessels);
        foreach ((AccountFunds sub, decimal level, decimal max) in vessels)
        {
            decimal amount = RoundDown(Math.Min(filled, max) - level);
            if (amount >= transferMin && amount > 0)
            {
                yield return Move(
                    RebalancePurpose.Distribution, main.Account, Market.Spot, sub.Account, sub.Wallets[0].Wallet,
                    amount);
            }
        }
    }

    /// <summary>
    /// The level to which so much fills what stands at different levels, each up to its own maximum: water in vessels.
    /// </summary>
    private static decimal Fill(decimal amount, (AccountFunds Sub, decimal Level, decimal Max)[] vessels)
    {
        decimal level = vessels.Min(vessel => vessel.Level);
        foreach (decimal step in vessels.SelectMany(vessel => new[] { vessel.Level, vessel.Max }).Distinct().Order())
        {
            int open = vessels.Count(vessel => vessel.Level <= level && level < vessel.Max);
            decimal needed = (step - level) * open;
            if (needed > amount)
            {
                return level + (amount / open);
            }

            amount -= needed;
            level = step;
        }

        return level;
    }

    private RebalanceMove Move(
        RebalancePurpose purpose, string from, Market fromWallet, string to, Market toWallet, decimal amount) => new()
        {
            Purpose = purpose,
            TransferId = "",
            Order = new TransferOrder
            {
                From = from,
                FromWallet = fromWallet,
                To = to,
                ToWallet = toWallet,
                Asset = asset,
                Amount = amount,
            },
        };

    private static decimal RoundDown(decimal amount) =>
        Math.Round(amount, Decimals, MidpointRounding.ToNegativeInfinity);

    private static decimal RoundUp(decimal amount) =>
        Math.Round(amount, Decimals, MidpointRounding.ToPositiveInfinity);
}
