namespace Oms.Engine.Tests;

/// <summary>
/// Futures: Delta holds 1000000 USDT in the futures wallet of an exchange, Papa and Quebec as much where it is
/// matched here; the perpetuals are at 100.
/// </summary>
public sealed class FuturesTests
{
    [Theory]
    [InlineData("opened, enlarged, closed in part, turned", """
        buy a 10                 | Reserved USDT 999000+1000
        trade a stream 1 10      | Filled USDT 999000+1000; Position 10 cost 1000 pnl 0
        buy b 10                 | Reserved USDT 998000+2000
        trade b stream 2 10 98   | Filled USDT 998020+1980; Position 20 cost 1980 pnl 0
        sell c 5                 |
        trade c stream 3 5 105   | Filled USDT 998545+1485; Position 15 cost 1485 pnl 30
        sell d 25                | Reserved USDT 996045+3985
        trade d stream 4 25 97   | Filled USDT 999000+970; Position -10 cost -970 pnl 0
        buy e 10 97              |
        trade e stream 5 10 90   | Filled USDT 1000070+0; Position 0 cost 0 pnl 70
        """)]
    [InlineData("leverage divides margin, of what is open and of what is asked", """
        limit account leverage=1000 |
        buy a 10                 | Reserved USDT 999900+100
        trade a stream 1 10      | Filled USDT 999900+100; Position 10 cost 1000 pnl 0
        buy b 10                 | Reserved USDT 999800+200
        limit account leverage=500 | Reserved USDT 999600+400
        limit account            | Reserved USDT 998000+2000
        """)]
    [InlineData("a loss that is not realised is not there to be spent", """
        buy a 10                 | Reserved USDT 999000+1000
        trade a stream 1 10      | Filled USDT 999000+1000; Position 10 cost 1000 pnl 0
        later 10                 |
        mark 90                  |
        sell b 1 96              |
        later 10                 |
        mark 120                 |
        buy c 1 96               | Reserved USDT 998904+1096
        """)]
    [InlineData("what follows an order that only reduced opens again, and needs margin", """
        last 100                 |
        buy a 20                 | Reserved USDT 998000+2000
        trade a stream 1 20      | Filled USDT 998000+2000; Position 20 cost 2000 pnl 0
        bracket b sell 10 100, t buy 0 90, s buy 0 stop=110 |
        trade b stream 2 10      | Filled USDT 999000+1000; Position 10 cost 1000 pnl 0
        buy c 1                  | Reserved USDT 998000+2000
        """)]
    [InlineData("and of a position of hedge mode too", """
        last 100                 |
        sell a 20 100 short      | Reserved USDT 998000+2000
        trade a stream 1 20      | Filled USDT 998000+2000; Position Short -20 cost -2000 pnl 0
        bracket b buy 10 100 short, t sell 0 110 short, s sell 0 stop=90 short |
        trade b stream 2 10      | Filled USDT 999000+1000; Position Short -10 cost -1000 pnl 0
        buy c 1 long             | Reserved USDT 997800+2200
        """)]
    [InlineData("fees, rebates and funding", """
        buy a 10                 | Reserved USDT 999000+1000
        trade a stream 1 4 100 0.5 USDT | Filled USDT 998999.5+1000; Position 4 cost 400 pnl 0
        trade a stream 2 6 100 -0.1 USDT | Filled USDT 998999.6+1000; Position 10 cost 1000 pnl 0
        funding 7 -1.5           | Funded USDT 998998.1+1000; Position 10 cost 1000 pnl 0 funding -1.5
        funding 7 -1.5           |
        funding 9 0.5            | Funded USDT 998998.6+1000; Position 10 cost 1000 pnl 0 funding -1
        funding 8 -1.5           | Funded USDT 998997.1+1000; Position 10 cost 1000 pnl 0 funding -2.5
        funding 8 -1.5           |
        funding 9 0.5            |
        """)]
    public void A_position_and_its_margin(string story, string script) =>
        Script.Holds(Desk.Trading(), story, Exchange + script, Script.IsOfMoney);

    [Theory]
    [InlineData("may only ever make it smaller", """
        sell x 1 reduce          | x Rejected 0/1@100 WouldIncreasePosition
        buy x 1 reduce           | x Rejected 0/1@100 WouldIncreasePosition
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        buy x 1 reduce           | x Rejected 0/1@100 WouldIncreasePosition
        sell x 11 reduce         | x Rejected 0/11@100 WouldIncreasePosition
        sell b 6 reduce          | b PendingNew 0/6@100; > submit b 6@100 reduce
        sell x 5 reduce          | x Rejected 0/5@100 WouldIncreasePosition
        sell c 4 reduce          | c PendingNew 0/4@100; > submit c 4@100 reduce
        sell x 1 reduce          | x Rejected 0/1@100 WouldIncreasePosition
        trade b stream 2 6       | b Trade Filled 6/6@100
        sell x 1 reduce          | x Rejected 0/1@100 WouldIncreasePosition
        cancel c                 | c PendingCancel 0/4@100
        seen c reply Canceled 0  | c Canceled 0/4@100
        sell d 4 reduce          | d PendingNew 0/4@100; > submit d 4@100 reduce
        """)]
    [InlineData("without a price, or far from it: an exit must not fail for that", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        top 0 0                  |
        sell b 5 mkt reduce      | b PendingNew 0/5; > submit b 5 reduce
        sell c 5 50 reduce       | c PendingNew 0/5@50; > submit c 5@50 reduce
        """)]
    [InlineData("while evidence is gathered, and not while nobody is connected", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        up 1                     | > gather 4
        buy b 1                  | b Rejected 0/1@100 AccountNotReady
        sell c 5                 | c Rejected 0/5@100 AccountNotReady
        sell d 5 reduce          | d PendingNew 0/5@100; > submit d 5@100 reduce
        down 1                   |
        sell e 5 reduce          | e Rejected 0/5@100 AccountNotReady
        """)]
    [InlineData("the position shrinks: the newest that are too much are canceled, and no more", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        sell b 4 reduce          | b PendingNew 0/4@100; > submit b 4@100 reduce
        seen b reply New 0       | b New 0/4@100
        sell c 3 reduce          | c PendingNew 0/3@100; > submit c 3@100 reduce
        seen c reply New 0       | c New 0/3@100
        sell d 3 reduce          | d PendingNew 0/3@100; > submit d 3@100 reduce
        seen d reply New 0       | d New 0/3@100
        sell e 2                 | e PendingNew 0/2@100; > submit e 2@100
        trade e stream 2 2       | e Trade Filled 2/2@100; d PendingCancel 0/3@100; > cancel d
        sell f 2                 | f PendingNew 0/2@100; > submit f 2@100
        trade f stream 3 1       | f Trade PartiallyFilled 1/2@100
        trade f stream 4 1       | f Trade Filled 2/2@100; c PendingCancel 0/3@100; > cancel c
        """)]
    [InlineData("the position turns: nothing is left to reduce", """
        buy a 3                  | a PendingNew 0/3@100; > submit a 3@100
        trade a stream 1 3       | a Trade Filled 3/3@100
        sell b 3 reduce          | b PendingNew 0/3@100; > submit b 3@100 reduce
        seen b reply New 0       | b New 0/3@100
        sell c 13                | c PendingNew 0/13@100; > submit c 13@100
        trade c stream 2 13      | c Trade Filled 13/13@100; b PendingCancel 0/3@100; > cancel b
        """)]
    [InlineData("a plain order that reduced needs margin once it no longer does", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        sell b 10 110            | b PendingNew 0/10@110; > submit b 10@110
        sell c 10 reduce         | c PendingNew 0/10@100; > submit c 10@100 reduce
        trade c stream 2 10      | c Trade Filled 10/10@100
        trade b stream 3 10 110  | b Trade Filled 10/10@110
        """)]
    [InlineData("and is canceled where a limit is in its way", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        sell b 10 110            | b PendingNew 0/10@110; > submit b 10@110
        limit instrument position=5 |
        sell c 10 reduce         | c PendingNew 0/10@100; > submit c 10@100 reduce
        trade c stream 2 4       | c Trade PartiallyFilled 4/10@100; b PendingCancel 0/10@110
        trade c stream 3 6       | c Trade Filled 10/10@100
        """)]
    [InlineData("what may still turn a position counts at worst", """
        limit instrument position=10 |
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        sell b 6 reduce          | b PendingNew 0/6@100; > submit b 6@100 reduce
        sell c 14                | c PendingNew 0/14@100; > submit c 14@100
        sell d 1                 | d Rejected 0/1@100 PositionAboveLimit
        buy e 1                  | e Rejected 0/1@100 PositionAboveLimit
        """)]
    [InlineData("two at once cannot both take the last margin", """
        limit account leverage=100 |
        foreign 9 New 0 buy 9990 100 | > resolve ?; external-5-9 New 0/9990@100
        buy a 6                  | a PendingNew 0/6@100; > submit a 6@100
        buy b 5                  | b Rejected 0/5@100 LeverageAboveLimit
        limit account            |
        buy b 5                  | b Rejected 0/5@100 InsufficientBalance
        buy c 4                  | c PendingNew 0/4@100; > submit c 4@100
        """)]
    [InlineData("an exit closes no more than there is", """
        last 100                 |
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        oco b sell 10 110, c sell 10 stop=90 | b PendingNew 0/10@110; > submit b 10@110; c Suspended 0/10!90
        seen b reply New 0       | b New 0/10@110
        last 90                  | b PendingCancel 0/10@110; > cancel b
        seen b stream Canceled 0 | b Canceled 0/10@110; c Triggered PendingNew 0/10!90; > submit c 10
        sell d 7 reduce          | d PendingNew 0/7@100; > submit d 7@100 reduce
        trade d stream 2 7       | d Trade Filled 7/7@100
        refused c ExchangeRefused | c Rejected 0/10!90 ExchangeRefused; e-80000003-0 PendingNew 0/3; > submit e-80000003-0 3 reduce
        """)]
    [InlineData("an exit under a halt", """
        last 100                 |
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        oco b sell 10 110, c sell 10 stop=90 | b PendingNew 0/10@110; > submit b 10@110; c Suspended 0/10!90
        seen b reply New 0       | b New 0/10@110
        last 90                  | b PendingCancel 0/10@110; > cancel b
        seen b stream Canceled 0 | b Canceled 0/10@110; c Triggered PendingNew 0/10!90; > submit c 10
        halt account             | Account Halted Command; c PendingCancel 0/10!90; > resolve c; > gather 4
        refused c ExchangeRefused | c Rejected 0/10!90 ExchangeRefused; e-80000003-0 PendingNew 0/10; > submit e-80000003-0 10 reduce
        trade e-80000003-0 stream 2 10 90 | e-80000003-0 Trade Filled 10/10
        trade b stream 3 2 110   | b Trade Canceled 2/10@110
        """)]
    public void An_order_that_reduces(string story, string script) => Script.Holds(
        Desk.Trading(), story, Exchange + script, Script.IsOfOrders, isNamed: true);

    [Theory]
    [InlineData("margin of a plain order that no longer reduces", """
        buy a 10                 | Reserved USDT 999000+1000
        trade a stream 1 10      | Filled USDT 999000+1000; Position 10 cost 1000 pnl 0
        sell b 10 110            |
        sell c 10 reduce         |
        trade c stream 2 4       | Filled USDT 999400+600; Position 6 cost 600 pnl 0
        cancel b                 |
        seen b reply Canceled 0  | Released USDT 999400+600
        """)]
    [InlineData("an order that is changed to reduce no longer needs its margin", """
        filters amend            |
        buy a 10                 | Reserved USDT 999000+1000
        trade a stream 1 10      | Filled USDT 999000+1000; Position 10 cost 1000 pnl 0
        sell b 6                 |
        seen b reply New 0       |
        amend b quantity=11      | Reserved USDT 997900+2100
        seen b reply New 0 11@100 |
        """)]
    public void Margin_of_orders_that_reduce(string story, string script) =>
        Script.Holds(Desk.Trading(), story, Exchange + script, Script.IsOfMoney);

    [Theory]
    [InlineData("long and short side by side", """
        buy a 10 long            | Reserved USDT 999000+1000
        trade a stream 1 10      | Filled USDT 999000+1000; Position Long 10 cost 1000 pnl 0
        sell b 4 short           | Reserved USDT 998600+1400
        trade b stream 2 4 101   | Filled USDT 998596+1404; Position Short -4 cost -404 pnl 0
        sell c 5 long            |
        trade c stream 3 5 110   | Filled USDT 999146+904; Position Long 5 cost 500 pnl 50
        buy d 4 short            |
        trade d stream 4 4 111   | Filled USDT 999510+500; Position Short 0 cost 0 pnl -40
        """)]
    public void Positions_of_hedge_mode(string story, string script) =>
        Script.Holds(Desk.Trading(), story, Exchange + script, Script.IsOfMoney);

    [Theory]
    [InlineData("what closes one position does not count against the other", """
        buy a 10 long            | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        sell b 10 short          | b PendingNew 0/10@100; > submit b 10@100
        trade b stream 2 10      | b Trade Filled 10/10@100
        sell c 10 long           | c PendingNew 0/10@100; > submit c 10@100
        buy d 10 short           | d PendingNew 0/10@100; > submit d 10@100
        sell e 1 long            | e Rejected 0/1@100 WouldIncreasePosition
        buy f 1 short            | f Rejected 0/1@100 WouldIncreasePosition
        trade d stream 3 10      | d Trade Filled 10/10@100
        sell g 1 long reduce     | g Rejected 0/1@100 TermsContradictory
        """)]
    [InlineData("a position that shrinks takes its own orders with it alone", """
        buy a 10 long            | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        sell b 10 short          | b PendingNew 0/10@100; > submit b 10@100
        trade b stream 2 10      | b Trade Filled 10/10@100
        sell c 6 110 long        | c PendingNew 0/6@110; > submit c 6@110
        buy d 6 90 short         | d PendingNew 0/6@90; > submit d 6@90
        sell e 4 long            | e PendingNew 0/4@100; > submit e 4@100
        trade e stream 3 4       | e Trade Filled 4/4@100
        foreign-trade 9 sell 5 3 100 long | external-5-9 Trade PartiallyFilled 3/3; c PendingCancel 0/6@110
        """)]
    [InlineData("the first short counts beside the long, not against it", """
        limit instrument position=10 |
        buy a 8 long             | a PendingNew 0/8@100; > submit a 8@100
        trade a stream 1 8       | a Trade Filled 8/8@100
        sell b 11 short          | b Rejected 0/11@100 PositionAboveLimit
        sell c 10 short          | c PendingNew 0/10@100; > submit c 10@100
        buy d 3 long             | d Rejected 0/3@100 PositionAboveLimit
        buy e 2 long             | e PendingNew 0/2@100; > submit e 2@100
        """)]
    [InlineData("a bracket closes what it opened", """
        last 100                 |
        bracket a buy 10 100 long, t sell 0 110 long, s sell 0 stop=90 long | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@110; s Suspended 0/0!90
        trade a stream 1 10      | a Trade Filled 10/10@100; t Restated Suspended 0/10@110; t Triggered PendingNew 0/10@110; > submit t 10@110; s Restated Suspended 0/10!90
        seen t reply New 0       | t New 0/10@110
        last 90                  | t PendingCancel 0/10@110; > cancel t
        seen t stream Canceled 0 | t Canceled 0/10@110; s Triggered PendingNew 0/10!90; > submit s 10
        refused s ExchangeRefused | s Rejected 0/10!90 ExchangeRefused; e-80000003-0 PendingNew 0/10; > submit e-80000003-0 10
        """)]
    public void Orders_of_hedge_mode(string story, string script) => Script.Holds(
        Desk.Trading(),
        story,
        Exchange + script,
        kind => Script.IsOfOrders(kind) && kind != Domain.Messages.MessageKind.ResolveOrder,
        isNamed: true);

    private const string Exchange =
        """
        as delta |
        on perp |

        """;
}
