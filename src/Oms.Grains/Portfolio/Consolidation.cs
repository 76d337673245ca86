using System.Collections.Immutable;
using Oms.Domain.Instruments;
using Oms.Grains.Accounts;
using Oms.Grains.Markets;
using Oms.Grains.Positions;

namespace Oms.Grains.Portfolio;

/// <summary>Accounts and their positions, added up and netted in one currency.</summary>
internal sealed class Consolidation(
    Conversion conversion, IReadOnlyList<AccountView> accounts, IReadOnlyList<PositionsView> positions)
{
    public PortfolioView ToView(long nowUnixNanos)
    {
        ImmutableArray<PortfolioAccount> rows =
            [.. accounts.Zip(positions, AccountOf).OrderBy(row => row.Account, StringComparer.Ordinal)];
        ImmutableArray<AssetExposure> exposures = [.. Exposures()];
        ImmutableArray<Hedge> hedges = [.. Hedges()];
        return new()
        {
            Currency = conversion.Currency,
            UnixNanos = nowUnixNanos,
            Equity = rows.Sum(row => row.Equity),
            RealizedPnl = rows.Sum(row => row.RealizedPnl),
            UnrealizedPnl = rows.Sum(row => row.UnrealizedPnl),
            Fees = rows.Sum(row => row.Fees),
            Funding = rows.Sum(row => row.Funding),
            Accounts = rows,
            Exposures = exposures,
            Hedges = hedges,
            Prices = conversion.Used.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Unpriced = [.. conversion.Unpriced.Order(StringComparer.Ordinal)],
        };
    }

    private PortfolioAccount AccountOf(AccountView account, PositionsView held)
    {
        decimal balances = account.Balances.Sum(balance => Value(balance.Asset, TotalOf(balance)));
        // What spot bought lies in the balances already.
        decimal futures = held.Positions
            .Where(position => position.Market == Market.Futures)
            .Sum(position => Value(PositionKey.Of(position).Quote, position.UnrealizedPnl ?? 0));
        return new()
        {
            Account = account.Account,
            Type = account.Settings?.Type,
            Condition = account.Health.Condition,
            LastSequence = Math.Min(account.LastSequence, held.LastSequence),
            Equity = balances + futures,
            RealizedPnl = Sum(held, position => position.RealizedPnl),
            UnrealizedPnl = Sum(held, position => position.UnrealizedPnl ?? 0),
            Fees = held.Positions.Sum(FeesOf)
                + held.Days.Sum(day => day.OtherFees.Sum(fee => Value(fee.Key, fee.Value))),
            Funding = Sum(held, position => position.Funding),
        };
    }

    private IEnumerable<AssetExposure> Exposures()
    {
        ILookup<string, AccountShare> held = accounts
            .SelectMany(account => account.Balances.Select(balance =>
                (balance.Asset, Share: new AccountShare { Account = account.Account, Quantity = TotalOf(balance) })))
            .ToLookup(row => row.Asset, row => row.Share);
        ILookup<string, AccountShare> derivatives = SharesOf(position => position.Market == Market.Futures);
        foreach (string asset in held.Select(group => group.Key)
            .Union(derivatives.Select(group => group.Key))
            .Order(StringComparer.Ordinal))
        {
            decimal heldQuantity = held[asset].Sum(share => share.Quantity);
            decimal derivativeQuantity = derivatives[asset].Sum(share => share.Quantity);
            yield return new()
            {
                Asset = asset,
                Held = heldQuantity,
                Derivatives = derivativeQuantity,
                Net = heldQuantity + derivativeQuantity,
                Value = conversion.ValueOf(asset, heldQuantity + derivativeQuantity),
                Accounts = ByAccount(held[asset].Concat(derivatives[asset])),
            };
        }
    }

    private IEnumerable<Hedge> Hedges()
    {
        foreach (IGrouping<string, AccountShare> asset in SharesOf(_ => true)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            ImmutableArray<AccountShare> shares = ByAccount(asset);
            ImmutableArray<AccountShare> longs = [.. shares.Where(share => share.Quantity > 0)];
            ImmutableArray<AccountShare> shorts = [.. shares.Where(share => share.Quantity < 0)];
            if (longs.IsEmpty || shorts.IsEmpty)
            {
                continue;
            }

            decimal bought = longs.Sum(share => share.Quantity);
            decimal sold = -shorts.Sum(share => share.Quantity);
            decimal hedged = Math.Min(bought, sold);
            yield return new()
            {
                Asset = asset.Key,
                Longs = longs,
                Shorts = shorts,
                Hedged = hedged,
                Net = bought - sold,
                HedgedValue = conversion.ValueOf(asset.Key, hedged),
            };
        }
    }

    /// <summary>What each account's positions are of an asset: positions of both markets are in their base.</summary>
    private ILookup<string, AccountShare> SharesOf(Func<PositionView, bool> isMeant) =>
        (from held in positions
         from position in held.Positions
         where position.Quantity != 0 && isMeant(position)
         select (Asset: PositionKey.Of(position).Base,
             Share: new AccountShare { Account = held.Account, Quantity = position.Quantity }))
        .ToLookup(row => row.Asset, row => row.Share);

    private static ImmutableArray<AccountShare> ByAccount(IEnumerable<AccountShare> shares) =>
    [
        .. shares
            .GroupBy(share => share.Account)
            .Select(group => new AccountShare { Account = group.Key, Quantity = group.Sum(share => share.Quantity) })
            .Where(share => share.Quantity != 0)
            .OrderBy(share => share.Account, StringComparer.Ordinal),
    ];

    private static decimal TotalOf(BalanceView balance) => balance.Free + balance.Reserved + balance.InTransit;

    private decimal FeesOf(PositionView position) =>
        Value(PositionKey.Of(position).Quote, position.QuoteFees)
        + Value(PositionKey.Of(position).Base, position.BaseFees);

    private decimal Sum(PositionsView held, Func<PositionView, decimal> amount) =>
        held.Positions.Sum(position => Value(PositionKey.Of(position).Quote, amount(position)));

    /// <summary>What has no price counts as nothing, and is named in the view.</summary>
    private decimal Value(string asset, decimal quantity) => conversion.ValueOf(asset, quantity) ?? 0;
}
