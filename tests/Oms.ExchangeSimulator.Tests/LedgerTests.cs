using CsCheck;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>
/// What comes in goes out: balances are the opening balances and the trades, whatever happened.
/// </summary>
public sealed class LedgerTests
{
    private static readonly Gen<Step[]> GenSteps = Gen
        .Select(Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Int[-20, 20], Gen.Int[1, 300])
        .Select((kind, isAlice, isBuy, offset, size) => new Step(kind, isAlice, isBuy, offset, size))
        .Array[1, 60];

    [Fact]
    public void Balances_are_opening_balances_and_trades_and_a_restart_changes_nothing() =>
        GenSteps.Sample(
            steps =>
            {
                using TemporaryDirectory directory = new();
                string before;
                using (TestExchange test = new(directory.Path))
                {
                    foreach (Step step in steps)
                    {
                        Do(test, step);
                        AssertConserved(test.Alice);
                        AssertConserved(test.Bob);
                        AssertNotCrossed(test.Market.Book);
                    }

                    before = test.Snapshot();
                }

                using TestExchange again = new(directory.Path);
                Assert.Equal(before, again.Snapshot());
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
            default:
                _ = test.Limit(
                    account, side, price, quantity, prevention: (SelfTradePrevention)(step.Size % 3));
                break;
        }
    }

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

        long lockedQuote = account.OpenOrders.Where(order => order.Side == OrderSide.Buy)
            .Sum(order => Amount.NotionalOf(order.Price, order.LeavesQuantity));
        long lockedBase = account.OpenOrders.Where(order => order.Side == OrderSide.Sell)
            .Sum(order => order.LeavesQuantity);
        Assert.Equal(expected["BTC"], account.BalanceOf("BTC").Free + account.BalanceOf("BTC").Locked);
        Assert.Equal(expected["USDT"], account.BalanceOf("USDT").Free + account.BalanceOf("USDT").Locked);
        Assert.Equal(
            (lockedBase, lockedQuote), (account.BalanceOf("BTC").Locked, account.BalanceOf("USDT").Locked));
        Assert.All(account.Orders, order =>
            Assert.Equal(order.ExecutedQuantity, order.Trades.Sum(trade => trade.Quantity)));
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
