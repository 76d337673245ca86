using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Engine.Transfers;
using Oms.Matching;

namespace Oms.Engine.Tests;

/// <summary>
/// Recomputes from the orders, positions and prices of a state all that the engine only ever adds to and takes
/// from, and finds that they agree.
/// </summary>
internal static class Audit
{
    public static void Holds(Engine engine)
    {
        EngineState state = engine.State;
        int[] live = [.. Enumerable.Range(0, state.Orders.Capacity).Where(slot => IsLive(state, slot))];
        AuditOrders(state, live);
        AuditHoldings(state, live);
        AuditBooks(state, live);
        AuditValues(state);
        foreach (AssetState asset in state.Assets)
        {
            Assert.Equal(0, engine.View.LedgerSum(asset.Definition.AssetId));
        }
    }

    private static bool IsLive(EngineState state, int slot) =>
        !state.Orders[slot].OrderId.IsNone && !state.Orders[slot].IsFinal;

    private static void AuditOrders(EngineState state, int[] live)
    {
        Assert.Equal(live.Length, state.Orders.LiveCount);
        foreach (AccountState account in state.Accounts)
        {
            var listed = new List<int>();
            for (int slot = account.Live.First; slot >= 0; slot = state.Orders[slot].NextLive)
            {
                listed.Add(slot);
            }

            Assert.Equal(account.Live.Count, listed.Count);
            Assert.Equal(listed.Count == 0 ? -1 : listed[^1], account.Live.Last);
            Assert.Equal(live.Where(slot => state.Orders[slot].AccountId == account.Id).Order(), listed.Order());
        }

        for (int slot = 0; slot < state.Orders.Capacity; slot++)
        {
            ref OrderState order = ref state.Orders[slot];
            if (!order.OrderId.IsNone && order.IsFinal)
            {
                Assert.Equal(0, order.ReservedAmount);
                Assert.Equal(0, order.OpenAmount);
                Assert.Equal(0, order.ExpiryPlacePlus1);
                bool isGone = !order.Has(OrderMarks.Watched | OrderMarks.Resting | OrderMarks.Replacing);
                Assert.True(isGone, $"{order.OrderId} {order.Status}: {order.Marks}");
            }
        }

        for (int place = 0; place < state.Expiries.Count; place++)
        {
            Assert.Equal(place + 1, state.Orders[(int)state.Expiries.Items[place].Slot].ExpiryPlacePlus1);
        }
    }

    private static void AuditHoldings(EngineState state, int[] live)
    {
        foreach (InstrumentState instrument in state.Instruments.Where(instrument => instrument.IsFutures))
        {
            Assert.Equal(
                instrument.Holders.Aggregate(Int128.Zero, (sum, holding) => sum + holding.OpenReductions.Sum),
                instrument.OpenReductions);
        }

        var reserved = state.Ledger.Rows.ToDictionary(row => row, _ => 0L);
        foreach (Holding holding in state.Holdings.All)
        {
            AuditOpen(state, holding, [.. live.Where(slot => IsOf(in state.Orders[slot], holding))], reserved);
            Assert.True(holding.Instrument.IsFutures || holding.PositionMargin == 0);
            reserved[holding.QuoteRow] += holding.PositionMargin;
        }

        Dictionary<BalanceRow, long> inTransit = AuditTransfers(state, reserved);
        foreach ((BalanceRow row, long amount) in reserved)
        {
            Assert.Equal(amount, row.Reserved);
            Assert.Equal(inTransit.GetValueOrDefault(row), row.InTransit);
            Int128 unrealized = 0;
            foreach (Holding holding in row.Account.Holdings)
            {
                unrealized += holding.QuoteRow == row ? holding.Unrealized : 0;
            }

            Assert.Equal(unrealized, row.Unrealized);
        }
    }

    /// <summary>Between two hops an amount is reserved where the next one takes it from; within one it is in transit.
    /// </summary>
    private static Dictionary<BalanceRow, long> AuditTransfers(
        EngineState state, Dictionary<BalanceRow, long> reserved)
    {
        foreach (AccountId account in state.Accounts.Select(account => account.Id))
        {
            bool hasLive = false;
            foreach (int slot in state.Transfers.Live)
            {
                hasLive |= state.Transfers[slot].IsOf(account);
            }

            Assert.Equal(hasLive, state.Transfers.HasLive(account));
        }

        var inTransit = new Dictionary<BalanceRow, long>();
        foreach (int slot in state.Transfers.Live)
        {
            ref readonly TransferState transfer = ref state.Transfers[slot];
            int next = transfer.LegsBooked;
            if (next == transfer.HopCount * 2)
            {
                continue;
            }

            int source = next - (next % 2);
            (AccountId account, Market wallet, AssetId asset) =
                (transfer.AccountOf(source), transfer.WalletOf(source), transfer.AssetId);
            BalanceRow row = state.Ledger.Rows.Single(row =>
                row.Account.Id == account && row.Wallet == wallet && row.Asset.Definition.AssetId == asset);
            Dictionary<BalanceRow, long> sums = next % 2 == 0 ? reserved : inTransit;
            sums[row] = sums.GetValueOrDefault(row) + transfer.Amount;
        }

        return inTransit;
    }

    private static bool IsOf(in OrderState order, Holding holding) =>
        order.AccountId == holding.Account.Id && order.InstrumentId == holding.Instrument.Id;

    private static void AuditOpen(
        EngineState state, Holding holding, int[] orders, Dictionary<BalanceRow, long> reserved)
    {
        (long buys, long sells, long reducing) = (0, 0, 0);
        var reductions = default(PerPosition);
        foreach (int slot in orders)
        {
            ref OrderState order = ref state.Orders[slot];
            long leaves = Math.Max(order.Terms.Quantity, order.AskedQuantity) - order.CumulativeQuantity;
            bool counts = leaves > 0 && !order.Has(OrderMarks.Shadow);
            Assert.Equal(counts ? holding.Instrument.BaseAmountOf(leaves) : 0, order.OpenAmount);
            reserved[Reservations.RowOf(holding, order.Terms.Side)] += order.ReservedAmount;
            bool isFree = !counts || (order.Has(OrderMarks.Reducing) && holding.Instrument.IsFutures);
            Assert.True(order.ReservedAmount >= 0 && (!isFree || order.ReservedAmount == 0));
            if (order.Has(OrderMarks.Closing))
            {
                reductions[order.Terms.PositionSide] += order.OpenAmount;
                continue;
            }

            buys += order.Terms.IsBuy ? order.OpenAmount : 0;
            sells += order.Terms.IsBuy ? 0 : order.OpenAmount;
            bool isReducing = order.Has(OrderMarks.Reducing) && holding.Instrument.IsFutures;
            reducing += isReducing ? order.OpenAmount : 0;
        }

        Assert.Equal(buys, holding.OpenBuys);
        Assert.Equal(sells, holding.OpenSells);
        Assert.Equal(reducing, holding.OpenReducing);
        for (PositionSide side = PositionSide.Both; side <= PositionSide.Short; side++)
        {
            Assert.Equal(reductions[side], holding.OpenReductions[side]);
        }
    }

    /// <summary>A book holds what rests in it; the index of own orders what is out, of accounts with an owner.
    /// </summary>
    private static void AuditBooks(EngineState state, int[] live)
    {
        foreach (InstrumentState instrument in state.Instruments)
        {
            int[] own = [.. live.Where(slot => state.Orders[slot].InstrumentId == instrument.Id)];
            int[] expected = instrument.IsMatchedHere
                ? [.. own.Where(slot => !state.Orders[slot].IsHeld)]
                : [.. own.Where(slot => IsIndexed(state, in state.Orders[slot]))];
            var resting = new List<int>();
            if (instrument.Book is { } book)
            {
                Collect(state, book, BookSide.Bid, instrument.IsMatchedHere, resting);
                Collect(state, book, BookSide.Ask, instrument.IsMatchedHere, resting);
            }

            Assert.Equal(expected.Order(), resting.Order());
            AuditWatch(state, instrument, own);
        }
    }

    private static bool IsIndexed(EngineState state, in OrderState order) =>
        order.Has(OrderMarks.Sent) && state.Account(order.AccountId).Group is not null;

    private static void Collect(
        EngineState state, OrderBook book, BookSide side, bool isMatchedHere, List<int> resting)
    {
        foreach (RestingOrder rests in book.Orders(side))
        {
            ref OrderState order = ref state.Orders[(int)rests.OrderId];
            Assert.True(order.Has(OrderMarks.Resting));
            Assert.Equal(order.Terms.IsBuy ? BookSide.Bid : BookSide.Ask, side);
            if (isMatchedHere)
            {
                Assert.Equal(order.LeavesQuantity, rests.Quantity);
                Assert.Equal(order.Terms.Price, rests.Price);
            }

            resting.Add((int)rests.OrderId);
        }
    }

    private static void AuditWatch(EngineState state, InstrumentState instrument, int[] own)
    {
        var watched = new List<int>();
        foreach (Triggers.TriggerLadder ladder in instrument.Watch.Ladders)
        {
            watched.AddRange(ladder.Slots);
        }

        Assert.Equal(own.Where(slot => state.Orders[slot].Has(OrderMarks.Watched)).Order(), watched.Order());
        Assert.Equal(watched.Count, instrument.Watch.Count);
        Assert.All(watched, slot => Assert.True(state.Orders[slot].IsHeld));
        Assert.Equal(
            watched.Where(slot => state.Orders[slot].Terms.Type == OrderType.TrailingStop).Order(),
            instrument.Watch.Trailing.Order());
    }

    private static void AuditValues(EngineState state)
    {
        var firm = (Value: Int128.Zero, Unvalued: 0);
        var groups = new Dictionary<uint, (Int128 Value, int Unvalued)>();
        foreach (AccountState account in state.Accounts)
        {
            (Int128 value, Int128 futures, Int128 profit, int unvalued) = (0, 0, 0, 0);
            foreach (Holding holding in account.Holdings)
            {
                value += holding.Value;
                futures += holding.Instrument.IsFutures ? holding.Value : 0;
                profit += holding.ProfitAndLoss;
                unvalued += holding.IsUnvalued ? 1 : 0;
                AuditValue(state, holding);
            }

            Assert.Equal(value, account.Value);
            Assert.Equal(futures, account.FuturesValue);
            Assert.Equal(profit, account.ProfitAndLoss);
            Assert.Equal(unvalued, account.UnvaluedHoldings);
            firm = (firm.Value + value, firm.Unvalued + unvalued);
            uint group = account.Definition.OwnerGroup;
            (Int128 Value, int Unvalued) sums = groups.GetValueOrDefault(group);
            groups[group] = (sums.Value + value, sums.Unvalued + unvalued);
        }

        Assert.Equal(firm, (state.Firm.Value, state.Firm.UnvaluedHoldings));
        foreach ((uint id, GroupState group) in state.Groups)
        {
            Assert.Equal(groups.GetValueOrDefault(id), (group.Value, group.UnvaluedHoldings));
        }
    }

    /// <summary>What a holding is worth, from its orders and positions alone, at the prices of now.</summary>
    private static void AuditValue(EngineState state, Holding holding)
    {
        InstrumentState instrument = holding.Instrument;
        bool isUpToDate = !instrument.IsValuationDue
            && (instrument.Quote.ValuedBy is not { } valuing || !valuing.IsValuationDue);
        if (!isUpToDate)
        {
            return;
        }

        Int128 longs = holding.OpenBuys;
        Int128 shorts = holding.OpenSells;
        Int128 profit = 0;
        foreach (Position position in holding.Positions)
        {
            long reducing = position.Side == PositionSide.Both ? holding.OpenReductions[PositionSide.Both] : 0;
            bool isNet = position.Side == PositionSide.Both;
            Int128 left = Int128.Max(0, Int128.Abs(position.Quantity) - reducing);
            // Of spot what may only reduce is a sale.
            Int128 leftShort = instrument.IsFutures ? left : Int128.Abs(position.Quantity);
            longs += position.Quantity > 0 ? position.Quantity : isNet ? -leftShort : 0;
            shorts += position.Quantity < 0 ? -(Int128)position.Quantity : isNet ? -left : 0;
            profit += (Int128)position.RealizedPnl - position.FeeValue + position.Funding - position.OpenNotional
                + instrument.ValueOfBase(instrument.Prices.Reference, position.Quantity);
        }

        Int128 atWorst = Int128.Max(Int128.Abs(longs), Int128.Abs(shorts));
        bool isPriced = instrument.Prices.Reference > 0 || atWorst == 0;
        Int128 worth = isPriced
            ? ValueOf(state, instrument.Quote, instrument.ValueOfBase(
                instrument.Prices.Reference, (long)Int128.Min(atWorst, long.MaxValue)))
            : 0;
        Assert.Equal(worth, holding.Value);
        bool isProfitKnown = instrument.Prices.Reference > 0 && holding.HasTraded && IsValued(state, instrument.Quote);
        if (isProfitKnown)
        {
            Assert.Equal(ValueOf(state, instrument.Quote, Amounts.Clamp(profit)), holding.ProfitAndLoss);
        }
    }

    private static bool IsValued(EngineState state, AssetState asset) =>
        asset.Definition.AssetId == state.Limits.ValuationAssetId || asset.ValuedBy is { Prices.Reference: > 0 };

    /// <summary>All amounts have eight decimals here: an amount of the valuation asset is its own value.</summary>
    private static Int128 ValueOf(EngineState state, AssetState asset, long amount)
    {
        if (asset.Definition.AssetId == state.Limits.ValuationAssetId)
        {
            return Amounts.Clamp(amount);
        }

        return asset.ValuedBy is { Prices.Reference: > 0 } valuing
            ? Amounts.Clamp(valuing.ValueOfBase(valuing.Prices.Reference, amount))
            : 0;
    }
}
