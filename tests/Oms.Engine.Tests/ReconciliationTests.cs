using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>What is found at an exchange that the engine did not place, or does not have.</summary>
public sealed class ReconciliationTests
{
    [Theory]
    [InlineData("an order placed by hand is adopted, counts, and its fills are booked", """
        limit instrument position=10  |
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        buy a 3                       | a Rejected 0/3@100 PositionAboveLimit
        foreign-trade 9 buy 1 5 100   | external-4-9 Trade PartiallyFilled 5/8@100
        foreign-trade 9 buy 1 5 100   |
        foreign 9 Canceled 5 buy 8 100 | external-4-9 Canceled 5/8@100
        foreign 9 Canceled 5 buy 8 100 |
        buy a 5                       | a PendingNew 0/5@100; > submit a 5@100
        """)]
    [InlineData("its trade first: how large it is, is asked", """
        foreign-trade 9 buy 1 5 100   | > resolve ?; external-4-9 Trade PartiallyFilled 5/5
        foreign-trade 9 buy 2 1 100   | external-4-9 Trade PartiallyFilled 6/6
        foreign-trade 9 buy 1 5 100   |
        foreign 9 PartiallyFilled 6 buy 8 100 | external-4-9 Restated PartiallyFilled 6/8@100
        foreign 9 PartiallyFilled 6 buy 8 100 |
        foreign-trade 9 buy 3 2 100   | external-4-9 Trade Filled 8/8@100
        foreign 9 Filled 8 buy 8 100  |
        """)]
    [InlineData("its trade first, and then its end", """
        foreign-trade 9 buy 1 5 100   | > resolve ?; external-4-9 Trade PartiallyFilled 5/5
        foreign 9 Filled 5 buy 5 100  | external-4-9 Restated Filled 5/5@100
        foreign-trade 8 buy 2 5 100   | > resolve ?; external-4-8 Trade PartiallyFilled 5/5
        foreign 8 Canceled 5 buy 7 100 | external-4-8 Canceled 5/7@100
        """)]
    [InlineData("found with fills that were missed: asked for", """
        foreign 9 PartiallyFilled 3 buy 8 100 | > resolve ?; external-4-9 New 0/8@100
        foreign 9 Canceled 3 buy 8 100 | > resolve external-4-9
        foreign-trade 9 buy 1 3 100   | external-4-9 Trade PartiallyFilled 3/8@100; external-4-9 Canceled 3/8@100
        """)]
    [InlineData("what has ended before it was known is none of ours", """
        foreign 9 Filled 8 buy 8 100  |
        foreign 9 Canceled 3 buy 8 100 |
        foreign 9 New 0 buy 0 100     |
        foreign 0 New 0 buy 8 100     |
        foreign -5 New 0 buy 8 100    |
        """)]
    [InlineData("changed by hand", """
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        foreign 9 New 0 buy 12 99     | external-4-9 Restated New 0/12@99
        foreign 9 New 0 buy 12 99     |
        foreign-trade 9 buy 1 12 99   | external-4-9 Trade Filled 12/12@99
        """)]
    [InlineData("canceled by us", """
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        cancel external-4-9           | external-4-9 PendingCancel 0/8@100; > cancel external-4-9
        foreign 9 Canceled 0 buy 8 100 | external-4-9 Canceled 0/8@100
        """)]
    [InlineData("the exchange numbers each instrument's orders for itself, and each account's trades", """
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        on btc                        |
        foreign 9 New 0 buy 100000 50000 | > resolve ?; external-1-9 New 0/100000@50000
        as bravo                      |
        on toy                        |
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        foreign-trade 9 buy 1 8 100   | external-4-9 Trade Filled 8/8@100
        as alpha                      |
        foreign-trade 9 buy 1 8 100   | external-4-9 Trade Filled 8/8@100
        """)]
    [InlineData("its end was told before an older answer showed it: it is asked for", """
        foreign 9 Canceled 0 buy 8 100 |
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        foreign 9 Canceled 0 buy 8 100 | external-4-9 Canceled 0/8@100
        """)]
    [InlineData("a conditional order that works there is one that works", """
        foreign 9 New 0 sell 8 stop=90 | > resolve ?; external-4-9 New 0/8!90
        last 80                       |
        foreign-trade 9 sell 1 8 89   | external-4-9 Trade Filled 8/8!90
        """)]
    [InlineData("both sides of a trade with oneself", """
        buy a 5                       | a PendingNew 0/5@100; > submit a 5@100
        sell b 5                      | b PendingNew 0/5@100; > submit b 5@100
        trade a stream 1 5            | a Trade Filled 5/5@100
        trade b stream 1 5            | b Trade Filled 5/5@100
        trade b query 1 5             |
        """)]
    [InlineData("over a lost session it is asked for like any other", """
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100
        session 2                     |
        up 2                          | > resolve external-4-9; > gather 4
        foreign-trade 9 buy 1 8 100   | external-4-9 Trade Filled 8/8@100
        end 4 complete                |
        """)]
    public void An_order_from_elsewhere(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Theory]
    [InlineData("older than the balances that were stated first: they had it already", """
        session 2                     |
        up 2                          | Reconciling StreamUp; > gather 1
        begin 1                       |
        foreign 9 PartiallyFilled 5 buy 8 100 | > resolve ?; external-4-9 New 0/8@100; Reserved USDT -800+800
        holds 1 USDT 999500 0         | Opening USDT 998700+800
        holds 1 BTC 5 0               | Opening BTC 5+0
        end 1 complete                | Ready EvidenceComplete
        foreign-trade 9 buy 1 5 100   | external-4-9 Trade PartiallyFilled 5/8@100; Filled BTC 10+0; Filled USDT 998700+300
        after 1000                    | > resolve external-4-9; > gather 2
        begin 2                       |
        holds 2 USDT 999500 0         |
        holds 2 BTC 5 0               |
        end 2 complete                | Reconciling BalancesDiffer
        after 1000                    | > resolve external-4-9; > gather 3 explain
        begin 3                       |
        holds 3 USDT 999500 0         | Balance 999000 here, 999500 there; Adjusted USDT 999200+300
        holds 3 BTC 5 0               | Balance 10 here, 5 there; Adjusted BTC 5+0
        end 3 complete                | Ready EvidenceComplete
        after 5000                    |
        """)]
    [InlineData("a ready account is asked again, and what agrees is not told", """
        session 2                     |
        up 2                          | Reconciling StreamUp; > gather 1
        begin 1                       |
        holds 1 USDT 1000 0           | Opening USDT 1000+0
        end 1 complete                | Ready EvidenceComplete
        after 599000                  |
        after 1000                    | > gather 2
        begin 2                       |
        holds 2 USDT 1000 0           |
        end 2 complete                |
        after 599000                  |
        after 1000                    | > gather 3
        begin 3                       |
        end 3 incomplete              |
        after 1000                    | > gather 4
        begin 4                       |
        end 4 incomplete              |
        after 1000                    |
        after 1000                    | > gather 5
        begin 5                       |
        end 5 incomplete              |
        after 3000                    |
        after 1000                    | > gather 6
        down 2                        | Disconnected StreamDown
        after 600000                  |
        """)]
    [InlineData("a difference that no fill explains closes its gate until it is adopted", """
        session 2                     |
        up 2                          | Reconciling StreamUp; > gather 1
        begin 1                       |
        holds 1 USDT 1000 0           | Opening USDT 1000+0
        end 1 complete                | Ready EvidenceComplete
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100; Reserved USDT 200+800
        after 600000                  | > resolve external-4-9; > gather 2
        begin 2                       |
        holds 2 USDT 1007 0           |
        end 2 complete                | Reconciling BalancesDiffer
        after 1000                    | > resolve external-4-9; > gather 3 explain
        begin 3                       |
        holds 3 USDT 1007 0           | Balance 1000 here, 1007 there; Adjusted USDT 207+800
        end 3 complete                | Ready EvidenceComplete
        """)]
    [InlineData("who trades all the time keeps its gate open", """
        session 2                     |
        up 2                          | Reconciling StreamUp; > gather 1
        begin 1                       |
        holds 1 USDT 1000 0           | Opening USDT 1000+0
        holds 1 BTC 0 0               | Opening BTC 0+0
        end 1 complete                | Ready EvidenceComplete
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100; Reserved USDT 200+800
        after 600000                  | > resolve external-4-9; > gather 2
        begin 2                       |
        holds 2 USDT 900 0            |
        foreign-trade 9 buy 1 1 100   | external-4-9 Trade PartiallyFilled 1/8@100; Filled BTC 1+0; Filled USDT 200+700
        holds 2 BTC 1 0               |
        end 2 complete                |
        after 1000                    | > resolve external-4-9; > gather 3 explain
        begin 3                       |
        holds 3 USDT 900 0            |
        holds 3 BTC 1 0               |
        end 3 complete                |
        """)]
    [InlineData("an operator asks now; nobody is asked for who is not connected", """
        reconcile                     | not asked: Disconnected
        session 2                     |
        up 2                          | Reconciling StreamUp; > gather 1
        begin 1                       |
        holds 1 USDT 1000 0           | Opening USDT 1000+0
        end 1 complete                | Ready EvidenceComplete
        reconcile                     | > gather 2; asked 2
        begin 2                       |
        holds 2 USDT 1000 0           |
        end 2 complete                |
        """)]
    [InlineData("younger: the next round agrees", """
        session 2                     |
        up 2                          | Reconciling StreamUp; > gather 1
        begin 1                       |
        holds 1 USDT 1000000 0        | Opening USDT 1000000+0
        holds 1 BTC 0 0               | Opening BTC 0+0
        end 1 complete                | Ready EvidenceComplete
        foreign 9 New 0 buy 8 100     | > resolve ?; external-4-9 New 0/8@100; Reserved USDT 999200+800
        foreign-trade 9 buy 1 5 100   | external-4-9 Trade PartiallyFilled 5/8@100; Filled BTC 5+0; Filled USDT 999200+300
        foreign-trade 9 buy 2 3 100   | external-4-9 Trade Filled 8/8@100; Filled BTC 8+0; Filled USDT 999200+0
        after 1000                    | > gather 2
        begin 2                       |
        holds 2 USDT 999200 0         |
        holds 2 BTC 8 0               |
        end 2 complete                |
        after 5000                    |
        """)]
    public void A_fill_from_elsewhere_and_the_balances(string story, string script)
    {
        var desk = new Desk();
        desk.Send(Desk.Filters(Desk.Toy, notionalMin: 0));
        desk.Top(Desk.Toy, 100, 100);
        _ = desk.Take();
        Script.Holds(desk, story, script, kind => kind is not MessageKind.PositionChanged, isNamed: true);
    }

    [Theory]
    [InlineData("it reserves, and gives back, where it is; whatever is said of its side later", """
        foreign 9 New 0 buy 8 100     | Reserved USDT 999200+800
        foreign 9 New 0 sell 8 90     | Released USDT 999280+720
        foreign 9 New 0 buy 4 100     | Released USDT 999600+400
        foreign 9 Canceled 0 buy 4 100 | Released USDT 1000000+0
        """)]
    public void An_order_from_elsewhere_reserves(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfMoney);
}
