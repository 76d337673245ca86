namespace Oms.Engine.Tests;

/// <summary>
/// Alpha and Bravo have one owner: at an exchange that may match them, what one has out there keeps out what
/// of the other would meet it, until the exchange has ended it.
/// </summary>
public sealed class SelfTradeTests
{
    [Theory]
    [InlineData("an order that works, in whole and in part", """
        buy a 10 99              | a PendingNew 0/10@99; > submit a 10@99
        as bravo                 |
        sell b 1 99              | b Rejected 0/1@99 SelfTrade
        sell b 1 98              | b Rejected 0/1@98 SelfTrade
        sell b 1 mkt             | b Rejected 0/1 SelfTrade
        sell b 1 100             | b PendingNew 0/1@100; > submit b 1@100
        buy c 1 99               | c PendingNew 0/1@99; > submit c 1@99
        as alpha                 |
        buy d 1 100              | d Rejected 0/1@100 SelfTrade
        sell e 1 99              | e Rejected 0/1@99 SelfTrade
        trade a stream 1 9 99    | a Trade PartiallyFilled 9/10@99
        as bravo                 |
        sell f 1 99              | f Rejected 0/1@99 SelfTrade
        as alpha                 |
        trade a stream 2 1 99    | a Trade Filled 10/10@99
        as bravo                 |
        cancel c                 | c PendingCancel 0/1@99
        seen c reply Canceled 0  | c Canceled 0/1@99
        sell f 1 99              | f PendingNew 0/1@99; > submit f 1@99
        """)]
    [InlineData("an order that is being canceled, or that may be there", """
        buy a 10 99              | a PendingNew 0/10@99; > submit a 10@99
        cancel a                 | a PendingCancel 0/10@99
        as bravo                 |
        sell b 1 99              | b Rejected 0/1@99 SelfTrade
        as alpha                 |
        unknown a                | a Unknown 0/10@99; > resolve a
        as bravo                 |
        sell b 1 99              | b Rejected 0/1@99 SelfTrade
        as alpha                 |
        absent a                 | a Rejected 0/10@99 NeverReachedExchange
        as bravo                 |
        sell b 1 99              | b PendingNew 0/1@99; > submit b 1@99
        """)]
    [InlineData("an order at the market, while it is out", """
        buy a 10 mkt             | a PendingNew 0/10; > submit a 10
        as bravo                 |
        sell b 1 150             | b Rejected 0/1@150 SelfTrade
        as alpha                 |
        trade a stream 1 10 100  | a Trade Filled 10/10
        as bravo                 |
        sell b 1 150             | b PendingNew 0/1@150; > submit b 1@150
        """)]
    [InlineData("an order placed by hand", """
        foreign 9 New 0 buy 8 99 | > resolve ?; external-4-9 New 0/8@99
        as bravo                 |
        sell b 1 99              | b Rejected 0/1@99 SelfTrade
        as alpha                 |
        foreign 9 New 0 buy 8 98 | external-4-9 Restated New 0/8@98
        as bravo                 |
        sell b 1 99              | b PendingNew 0/1@99; > submit b 1@99
        """)]
    [InlineData("an order that is held meets nobody until it goes", """
        last 100                 |
        buy a 10 103 stop=102    | a Suspended 0/10@103!102
        as bravo                 |
        sell b 1 103             | b PendingNew 0/1@103; > submit b 1@103
        last 102                 | a Rejected 0/10@103!102 SelfTrade
        """)]
    [InlineData("one that expired at the exchange", """
        buy a 10 99 gtd=1000     | a PendingNew 0/10@99; > submit a 10@99
        seen a reply New 0       | a New 0/10@99
        after 1000               | a PendingCancel 0/10@99; > cancel a
        as bravo                 |
        sell b 1 99              | b Rejected 0/1@99 SelfTrade
        as alpha                 |
        seen a stream Expired 0  | a Expired 0/10@99
        as bravo                 |
        sell b 1 99              | b PendingNew 0/1@99; > submit b 1@99
        """)]
    [InlineData("over a restart, and when its owner changes", """
        buy a 10 99              | a PendingNew 0/10@99; > submit a 10@99
        restart                  |
        as bravo                 |
        sell b 1 99              | b Rejected 0/1@99 SelfTrade
        group 6                  |
        sell b 1 99              | b PendingNew 0/1@99; > submit b 1@99
        group 5                  |
        as alpha                 |
        buy c 1 99               | c Rejected 0/1@99 SelfTrade
        group 0                  |
        buy c 1 99               | c PendingNew 0/1@99; > submit c 1@99
        """)]
    [InlineData("an exit in an emergency: what is in its way ends before it goes", """
        as bravo                 |
        buy m 5 99               | m PendingNew 0/5@99; > submit m 5@99
        seen m reply New 0       | m New 0/5@99
        as alpha                 |
        last 100                 |
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0       | a New 0/10@110
        last 90                  | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0 | a Canceled 0/10@110; b Rejected 0/10!90 SelfTrade; m PendingCancel 0/5@99; > cancel m; e-80000003-0 Suspended 0/10
        as bravo                 |
        cancel-refused m ExchangeRateLimited | m cancel rejected ExchangeRateLimited; m Restated New 0/5@99; > resolve m
        after 1000               | m PendingCancel 0/5@99; > cancel m
        as alpha                 |
        restart                  |
        as bravo                 |
        seen m stream Canceled 0 | m Canceled 0/5@99; e-80000003-0 Triggered PendingNew 0/10; > submit e-80000003-0 10
        """)]
    [InlineData("an exit in an emergency that nothing is in the way of", """
        as bravo                 |
        sell m 5 120             | m PendingNew 0/5@120; > submit m 5@120
        as alpha                 |
        last 100                 |
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0       | a New 0/10@110
        last 90                  | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0 | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        refused b ExchangeRefused | b Rejected 0/10!90 ExchangeRefused; e-80000003-0 PendingNew 0/10; > submit e-80000003-0 10
        """)]
    public void Orders_of_one_owner_do_not_meet(string story, string script) => Script.Holds(
        Desk.Trading(),
        story,
        "as bravo |\ngroup 5 |\nas alpha |\ngroup 5 |\n" + script,
        Script.IsOfOrders,
        isNamed: true);
}
