using CsCheck;
using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>
/// What comes in goes out: balances are the opening balances and the trades, whatever happened.
/// </summary>
public sealed class LedgerTests
{
    /// <summary>Of each account: a few orders' worth, so that what is free by mistake is soon missing.</summary>
    private const string Usdt = "4000";

    private const string Btc = "0.07";

    private static readonly SelfTradePrevention[] Modes =
    [
        SelfTradePrevention.ExpireTaker, SelfTradePrevention.ExpireMaker, SelfTradePrevention.ExpireBoth,
        SelfTradePrevention.Decrement,
    ];

    private static readonly Gen<Step[]> GenSteps = Gen
        .Select(Gen.Int[0, 13], Gen.Bool, Gen.Bool, Gen.Int[-20, 20], Gen.Int[1, 300])
        .Select((kind, isAlice, isBuy, offset, size) => new Step(kind, isAlice, isBuy, offset, size))
        .Array[1, 60];

    [Fact]
    public void Balances_are_opening_balances_and_trades_and_a_restart_changes_nothing() =>
        GenSteps.Sample(
            steps =>
            {
                using TemporaryDirectory directory = new();
                string before;
                using (TestExchange test = new(directory.Path, Usdt, Btc))
                {
                    foreach (Step step in steps)
                    {
                        Do(test, step);
                        AssertConserved(test.Alice);
                        AssertConserved(test.Bob);
                        AssertNotCrossed(test.Market.Book);
                        AssertWorking(test);
                    }

                    before = test.Snapshot();
                }

                using TestExchange again = new(directory.Path, Usdt, Btc);
                Assert.Equal(before, again.Snapshot());
                AssertWorking(again);
            },
            iter: 300);

    private static void Do(TestExchange test, Step step)
    {
        Account account = step.IsAlice ? test.Alice : test.Bob;
        OrderSide side = step.IsBuy ? OrderSide.Buy : OrderSide.Sell;
        string price = $"{60_000 + step.Offset}.25";
        string quantity = $"0.{step.Size:D4}";
        switch (step.Kind)
        {
            case 0:
                test.Crowd(
                    (step.IsBuy ? BookSide.Bid : BookSide.Ask, price, step.Size % 5 == 0 ? "0" : quantity));
                break;
            case 1:
                _ = test.AtMarket(account, side, quantity);
                break;
            case 2:
                _ = test.Limit(account, side, price, quantity, TimeInForce.ImmediateOrCancel);
                break;
            case 3 when account.OpenOrders.FirstOrDefault() is { } order:
                _ = test.Core.Cancel(new CancelOrder(
                    account, test.Market, order.OrderId, null, null, CancelRestriction.None));
                break;
            case 4 when account.OpenOrders.LastOrDefault() is { } order:
                _ = test.Exchange.Amendments.Reduce(new ReduceOrder(
                    account, test.Market, order.OrderId, null, null, Amount.Of(quantity)));
                break;
            case 5:
                _ = test.Exchange.Place(Waiting(test, account, side, step));
                break;
            case 6 or 7:
                _ = test.Exchange.Lists.Place(step.Kind == 6
                    ? Pair(test, account, side, step, isPending: false)
                    : Chain(test, account, side, step));
                break;
            case 8:
                _ = test.Exchange.Place(Order(test, account, side, OrderType.Limit, step, 0) with
                {
                    Terms = new SpotTerms(IcebergQuantity: Amount.Of("0.002")),
                });
                break;
            case 9:
                test.Core.Apply(test.Market, new CrowdTrade(
                    0, Amount.Of($"{60_000 + (2 * step.Offset)}"), Amount.Of(quantity), step.IsBuy));
                break;
            case 10 when account.OpenOrders.FirstOrDefault(order => order.List is not null && order.HasPrice)
                is { } order:
                _ = test.Limit(
                    account, order.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy,
                    Domain.Numbers.DecimalText.FormatShort(order.Price, Amount.Decimals), quantity,
                    prevention: SelfTradePrevention.Decrement);
                break;
            default:
                _ = test.Limit(
                    account, side, price, quantity, prevention: Modes[step.Size % Modes.Length]);
                break;
        }
    }

    private static NewOrder Waiting(TestExchange test, Account account, OrderSide side, Step step)
    {
        OrderType type = (OrderType)((int)OrderType.StopLoss + (step.Size % 4));
        int delta = step.Size % 5 == 0 ? 10 : 0;
        int distance = OrderTypes.WaitsAbove(type, side) ? step.Size % 20 : -(step.Size % 20);
        return Order(test, account, side, type, step, 0) with
        {
            Terms = new SpotTerms(Amount.Of($"{60_000 + distance}"), delta),
        };
    }

    private static NewOrderList Pair(
        TestExchange test, Account account, OrderSide side, Step step, bool isPending)
    {
        bool isBuy = side == OrderSide.Buy;
        NewOrder limit = Order(test, account, side, OrderType.LimitMaker, step, isBuy ? -30 : 30);
        OrderType type = step.Size % 2 == 0 ? OrderType.StopLoss : OrderType.StopLossLimit;
        NewOrder stop = Order(test, account, side, type, step, isBuy ? 30 : -30) with
        {
            Terms = new SpotTerms(Amount.Of(isBuy ? "60025" : "59975")),
        };
        NewOrder[] pair = isBuy ? [stop, limit] : [limit, stop];
        return new NewOrderList(
            account, test.Market, null, ContingencyType.Oco,
            [.. pair.Select(order => order with { IsPending = isPending })]);
    }

    private static NewOrderList Chain(TestExchange test, Account account, OrderSide side, Step step)
    {
        OrderSide other = side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
        IEnumerable<NewOrder> pending = (step.Size % 3) switch
        {
            0 => Pair(test, account, other, step, isPending: true).Orders,
            1 => [Order(test, account, other, OrderType.Market, step, 0) with { IsPending = true }],
            _ => [Order(test, account, other, OrderType.Limit, step, 3) with { IsPending = true }],
        };
        return new NewOrderList(
            account, test.Market, null, ContingencyType.Oto,
            [Order(test, account, side, OrderType.Limit, step, 0), .. pending]);
    }

    private static NewOrder Order(
        TestExchange test, Account account, OrderSide side, OrderType type, Step step, int more) => new(
        account, test.Market, null, side, type, TimeInForce.GoodTillCanceled,
        OrderTypes.HasPrice(type) ? Amount.Of($"{60_000 + step.Offset + more}") : 0, Amount.Of($"0.{step.Size:D4}"), 0,
        Modes[step.Size % Modes.Length]);

    private static void AssertConserved(Account account)
    {
        Dictionary<string, long> expected = account.Balances.ToDictionary(
            each => each.Asset, each => each.Opening);
        foreach (ClientTrade trade in account.Trades)
        {
            int sign = trade.Order.Side == OrderSide.Buy ? 1 : -1;
            expected["BTC"] += sign * trade.Quantity;
            expected["USDT"] -= sign * trade.QuoteQuantity;
            expected[trade.CommissionAsset] -= trade.Commission;
        }

        ClientOrder[] reserved = [.. account.OpenOrders.Where(order => order.IsReserved)];
        long lockedQuote = reserved.Where(order => order.Side == OrderSide.Buy)
            .Sum(order => Amount.NotionalOf(order.Price, order.LeavesQuantity));
        long lockedBase = reserved.Where(order => order.Side == OrderSide.Sell).Sum(order => order.LeavesQuantity);
        Assert.Equal(expected["BTC"], account.BalanceOf("BTC").Free + account.BalanceOf("BTC").Locked);
        Assert.Equal(expected["USDT"], account.BalanceOf("USDT").Free + account.BalanceOf("USDT").Locked);
        Assert.Equal(
            (lockedBase, lockedQuote), (account.BalanceOf("BTC").Locked, account.BalanceOf("USDT").Locked));
        Assert.All(account.Orders, order =>
            Assert.Equal(order.ExecutedQuantity, order.Trades.Sum(trade => trade.Quantity)));
    }

    /// <summary>What rests in the book is what works, to the last piece; what waits is known to its market.</summary>
    private static void AssertWorking(TestExchange test)
    {
        foreach (ClientOrder order in test.State.Accounts.SelectMany(account => account.OpenOrders))
        {
            bool rests = test.Market.Orders.TryGet(order.OrderId, out RestingOrder resting);
            Assert.Equal(order.IsWorking, rests);
            Assert.True(!rests || resting.Quantity == order.LeavesQuantity);
            Assert.Equal(order.IsWaiting, test.Market.Waiting.Contains(order));
        }

        Assert.All(test.Market.Waiting, order => Assert.True(order.IsOpen));
        foreach (OrderList list in test.State.Lists.Values)
        {
            ClientOrder[] trading = [.. list.Orders.Where(order => order != list.Working && order.Trades.Count > 0)];
            Assert.True(trading.Length < 2, "both of a pair traded");
            ClientOrder[] pair =
                [.. list.Orders.Where(order => order.IsOpen && list.SiblingOf(order) is { IsOpen: true })];
            Assert.True(pair.Select(order => order.LeavesQuantity).Distinct().Count() < 2, "one of a pair is larger");
            Assert.True(list.Working is null or { State: OrderState.Filled } || trading.Length == 0);
        }
    }

    private static void AssertNotCrossed(OrderBook book)
    {
        if (book.TryGetBest(BookSide.Bid, out BookLevel bid)
            && book.TryGetBest(BookSide.Ask, out BookLevel ask))
        {
            Assert.True(bid.Price < ask.Price, $"{bid} {ask}");
        }
    }

    private sealed record Step(int Kind, bool IsAlice, bool IsBuy, int Offset, int Size);
}
