using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// What the engine says of exposures, beside what was counted: all of it, whatever is under way.
/// </summary>
internal static class ExposureComparison
{
    private const int FeePpm = 200;

    /// <param name="exchange">Whose locks are to be reserved here; null where it may have what is not known here yet.
    /// </param>
    public static void Check(ExposureCount count, EngineState state, SimulatedExchange? exchange)
    {
        foreach (AccountState account in state.Accounts)
        {
            bool areOrdersKnown = exchange is not null || !count.IsChanging(account.Id);
            Same(account.Id, "live orders", account.Live.Count, count.LiveOrders(account.Id));
            foreach (Holding holding in account.Holdings)
            {
                CountedHolding counted = count.Holding(account.Id, holding.Instrument.Id);
                CheckPositions(counted, holding);
                if (areOrdersKnown)
                {
                    CheckOrders(counted, holding);
                }
            }

            foreach (BalanceRow row in account.Balances)
            {
                AssetId asset = row.Asset.Definition.AssetId;
                long total = count.Total(account.Id, row.Wallet, asset);
                Same(account.Id, $"total of asset {asset.Value}", row.Total, total);
                long inTransit = count.Transfers.InTransit(account.Id, row.Wallet, asset);
                Same(account.Id, $"asset {asset.Value} in transit", row.InTransit, inTransit);
                if (areOrdersKnown)
                {
                    CheckReserved(count, row, exchange);
                }
            }
        }

        CheckValues(count, state, areOrdersKnown: exchange is not null);
    }

    private static void CheckPositions(CountedHolding counted, Holding holding)
    {
        AccountId account = holding.Account.Id;
        string of = $" of instrument {holding.Instrument.Id.Value}";
        for (PositionSide side = PositionSide.Both; side <= PositionSide.Short; side++)
        {
            Same(account, $"position ({side})" + of, holding.QuantityOf(side), counted.Held(side));
        }

        Same(
            account, "cost" + of, holding.Positions.Sum(position => Math.Abs(position.OpenNotional)), counted.Cost);
    }

    private static void CheckOrders(CountedHolding counted, Holding holding)
    {
        AccountId account = holding.Account.Id;
        string of = $" of instrument {holding.Instrument.Id.Value}";
        Same(account, "open buys" + of, holding.OpenBuys, counted.Buys);
        Same(account, "open sales" + of, holding.OpenSells, counted.Sells);
        for (PositionSide side = PositionSide.Both; side <= PositionSide.Short; side++)
        {
            Same(account, $"reductions ({side})" + of, holding.OpenReductions[side], counted.Reductions(side));
        }

        Same(account, "worst case" + of, holding.QuantityAtWorst(), counted.AtWorst);
    }

    /// <summary>
    /// What has to be reserved lies between two amounts: of alternatives the dearer may have ended, and what makes a
    /// futures position smaller needs no margin. What the exchange locks is reserved at least.
    /// </summary>
    private static void CheckReserved(ExposureCount count, BalanceRow row, SimulatedExchange? exchange)
    {
        AssetId asset = row.Asset.Definition.AssetId;
        Span needed = Span.Of(count.Transfers.Reserved(row.Account.Id, row.Wallet, asset));
        foreach (Holding holding in row.Account.Holdings)
        {
            CountedHolding counted = count.Holding(row.Account.Id, holding.Instrument.Id);
            bool isFutures = Venue.IsFutures(holding.Instrument.Id);
            if (isFutures == (row.Wallet == Market.Futures))
            {
                Func<long, Span> margin = cost => count.Leverages.MarginOf(row.Account.Id, cost);
                needed += counted.OpenOrders
                    .Aggregate(Span.Of(0), (sum, each) => sum + Needed(each, asset, counted, margin));
                needed += isFutures && asset == Venue.Usdt ? margin(counted.Cost) : Span.Of(0);
            }
        }

        string what = $"{row.Wallet} {row.Asset.Definition.Name}";
        Violation.If(
            !needed.Holds(row.Reserved),
            ExposureCount.Name,
            $"{Venue.NameOf(row.Account.Id)} has {row.Reserved} of {what} reserved, counted {needed}");
        bool isThere = exchange is not null && row.Wallet == Market.Spot && !Venue.IsInside(row.Account.Id);
        long locked = isThere ? exchange!.Locked(row.Account.Id, asset) : 0;
        Violation.If(
            locked > row.Reserved,
            ExposureCount.Name,
            $"{Venue.NameOf(row.Account.Id)} has {row.Reserved} of {what} reserved, the exchange locks {locked}");
    }

    private static Span Needed(
        CountedOrder[] alternatives, AssetId asset, CountedHolding holding, Func<long, Span> margin) =>
        alternatives.Select(order => Needed(order, asset, holding, margin)).Aggregate((left, right) => left.Or(right));

    private static Span Needed(CountedOrder order, AssetId asset, CountedHolding holding, Func<long, Span> margin)
    {
        OrderTerms terms = order.Terms;
        if (Venue.IsFutures(order.Last.InstrumentId))
        {
            long held = holding.Held(terms.PositionSide);
            // What is being canceled may have reduced when it was asked for.
            bool isLeaving = order.Last.Status is OrderStatus.PendingCancel or OrderStatus.Unknown;
            bool mayReduce = isLeaving || (terms.IsBuy ? held < 0 : held > 0);
            bool isFree = order.IsClosing || asset != Venue.Usdt;
            Span worth = order.Worth;
            return isFree ? Span.Of(0) : new(mayReduce ? 0 : margin(worth.Least).Least, margin(worth.Most).Most);
        }

        if (asset != (terms.IsBuy ? Venue.Usdt : Venue.BaseOf(order.Last.InstrumentId)))
        {
            return Span.Of(0);
        }

        bool isInside = Venue.IsInside(order.Last.InstrumentId);
        Span cost = terms.IsBuy ? order.Worth : Span.Of(order.Open);
        return terms.IsBuy && isInside ? cost with { Most = cost.Most + (cost.Most * FeePpm / 1_000_000) + 1 } : cost;
    }

    /// <summary>Where every price that was heard is valued already.</summary>
    private static void CheckValues(ExposureCount count, EngineState state, bool areOrdersKnown)
    {
        if (state.DueValuations.Count > 0)
        {
            return;
        }

        foreach (AccountState account in state.Accounts.Where(account => !Venue.IsInside(account.Id)))
        {
            Same(account.Id, "profit and loss", (long)account.ProfitAndLoss, count.Profit(account.Id));
            Span atMidnight = count.Losses.AtMidnight(account.Id);
            Violation.If(
                !atMidnight.Holds((long)account.ProfitAndLossAtMidnight),
                ExposureCount.Name,
                $"{Venue.NameOf(account.Id)} had gained {account.ProfitAndLossAtMidnight} at midnight, counted "
                + $"{atMidnight}");
            if (areOrdersKnown)
            {
                Same(account.Id, "value", (long)account.Value, count.Value([account.Id], count.Prices.Last));
            }
        }

        foreach (GroupState group in state.Groups.Values.Where(_ => areOrdersKnown))
        {
            AccountId[] members = [.. state.Accounts.Where(account => account.Group == group).Select(each => each.Id)];
            if (members is not [] && !members.Any(Venue.IsInside))
            {
                Same(members[0], "value of its owner", (long)group.Value, count.Value(members, count.Prices.Last));
            }
        }
    }

    private static void Same(AccountId account, string what, long said, long counted) => Violation.If(
        said != counted,
        ExposureCount.Name,
        $"{what} of {Venue.NameOf(account)}: the engine says {said}, counted {counted}");
}
