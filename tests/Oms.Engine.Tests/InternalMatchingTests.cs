namespace Oms.Engine.Tests;

/// <summary>
/// What is matched here, order by order. Papa, Quebec, Romeo and Sierra hold 1000000 USDT and 1000000 BTC;
/// Romeo and Sierra have one owner.
/// </summary>
public sealed class InternalMatchingTests
{
    [Theory]
    [InlineData("rests, trades at its price, and is known at once", """
        sell a 10 101            | a New 0/10@101
        as quebec                |
        buy b 4 103              | b New 0/4@103; a Trade PartiallyFilled 4/10@101; b Trade Filled 4/4@103
        buy c 9 101              | c New 0/9@101; a Trade Filled 10/10@101; c Trade PartiallyFilled 6/9@101
        cancel c                 | c Canceled 6/9@101
        as papa                  |
        cancel a                 | a cancel rejected OrderAlreadyFinal
        """)]
    [InlineData("the best price first, then the oldest", """
        sell a 1 102             | a New 0/1@102
        sell b 1 101             | b New 0/1@101
        sell c 1 101             | c New 0/1@101
        as quebec                |
        buy d 3 102              | d New 0/3@102; b Trade Filled 1/1@101; d Trade PartiallyFilled 1/3@102; c Trade Filled 1/1@101; d Trade PartiallyFilled 2/3@102; a Trade Filled 1/1@102; d Trade Filled 3/3@102
        """)]
    [InlineData("immediate or cancel, fill or kill, post only, at the market", """
        sell a 5 101             | a New 0/5@101
        as quebec                |
        buy b 9 101 ioc          | b New 0/9@101; a Trade Filled 5/5@101; b Trade PartiallyFilled 5/9@101; b Expired 5/9@101
        buy c 9 101 ioc          | c New 0/9@101; c Expired 0/9@101
        as papa                  |
        sell d 5 101             | d New 0/5@101
        as quebec                |
        buy e 6 101 fok          | e Rejected 0/6@101 NotFillable
        buy f 5 101 fok          | f New 0/5@101; d Trade Filled 5/5@101; f Trade Filled 5/5@101
        as papa                  |
        sell g 5 101             | g New 0/5@101
        as quebec                |
        buy h 5 101 post         | h Rejected 0/5@101 WouldTrade
        buy i 5 100 post         | i New 0/5@100
        buy j 2 mkt              | j New 0/2; g Trade PartiallyFilled 2/5@101; j Trade Filled 2/2
        buy k 9 mkt              | k New 0/9; g Trade Filled 5/5@101; k Trade PartiallyFilled 3/9; k Expired 3/9
        """)]
    [InlineData("a market buy takes no worse price than was reserved for it", """
        sell a 1 101             | a New 0/1@101
        sell b 1 106             | b New 0/1@106
        sell c 1 107             | c New 0/1@107
        as quebec                |
        buy d 3 mkt              | d New 0/3; a Trade Filled 1/1@101; d Trade PartiallyFilled 1/3; d Expired 1/3
        """)]
    [InlineData("an iceberg shows itself in parts, each behind the others", """
        sell a 10 101 show=4     | a New 0/10@101
        sell b 3 101             | b New 0/3@101
        as quebec                |
        buy c 9 101              | c New 0/9@101; a Trade PartiallyFilled 4/10@101; c Trade PartiallyFilled 4/9@101; b Trade Filled 3/3@101; c Trade PartiallyFilled 7/9@101; a Trade PartiallyFilled 6/10@101; c Trade Filled 9/9@101
        """)]
    [InlineData("made smaller at its price it keeps its place, else it loses it", """
        sell a 10 101            | a New 0/10@101
        sell b 5 101             | b New 0/5@101
        amend a quantity=8       | a Replaced New 0/8@101
        as quebec                |
        buy c 1 101              | c New 0/1@101; a Trade PartiallyFilled 1/8@101; c Trade Filled 1/1@101
        as papa                  |
        amend a quantity=9       | a Replaced PartiallyFilled 1/9@101
        as quebec                |
        buy d 5 101              | d New 0/5@101; b Trade Filled 5/5@101; d Trade Filled 5/5@101
        as papa                  |
        amend a price=100        | a Replaced PartiallyFilled 1/9@100
        as quebec                |
        buy e 1 101              | e New 0/1@101; a Trade PartiallyFilled 2/9@100; e Trade Filled 1/1@101
        as papa                  |
        amend a quantity=2       | a Canceled 2/9@100
        """)]
    [InlineData("changed to a price that meets another, it trades", """
        sell a 5 102             | a New 0/5@102
        as quebec                |
        buy b 9 100              | b New 0/9@100
        amend b price=102        | b Replaced New 0/9@102; a Trade Filled 5/5@102; b Trade PartiallyFilled 5/9@102
        as papa                  |
        sell c 1 102             | c New 0/1@102; b Trade PartiallyFilled 6/9@102; c Trade Filled 1/1@102
        """)]
    [InlineData("a post-only order that would trade once changed stays as it is", """
        sell a 5 102             | a New 0/5@102
        as quebec                |
        buy b 9 100 post         | b New 0/9@100
        amend b price=102        | b cancel rejected WouldTrade
        amend b price=101        | b Replaced New 0/9@101
        """)]
    [InlineData("prevention by the account alone, as it asks", """
        sell a 5 101             | a New 0/5@101
        buy b 2 101              | b New 0/2@101; a Trade PartiallyFilled 2/5@101; b Trade Filled 2/2@101
        buy c 2 101 stp=newest   | c New 0/2@101; c Canceled 0/2@101 SelfTrade
        buy d 2 101 stp=decrement | d New 0/2@101; a Restated PartiallyFilled 2/3@101 SelfTrade; d Canceled 0/0@101 SelfTrade
        buy e 2 101 stp=decrement | e New 0/2@101; a Canceled 2/3@101 SelfTrade; e Restated New 0/1@101 SelfTrade
        cancel e                 | e Canceled 0/1@101
        sell f 2 101             | f New 0/2@101
        buy g 1 101 stp=both     | g New 0/1@101; f Canceled 0/2@101 SelfTrade; g Canceled 0/1@101 SelfTrade
        sell h 2 101             | h New 0/2@101
        buy i 1 101 stp=oldest   | i New 0/1@101; h Canceled 0/2@101 SelfTrade
        """)]
    [InlineData("a leg that is decremented makes its pair smaller, as maker and as taker", """
        oco a sell 5 101, b sell 5 stop=90 | a New 0/5@101; b Suspended 0/5!90
        buy c 2 101 stp=decrement | c New 0/2@101; a Restated New 0/3@101 SelfTrade; c Canceled 0/0@101 SelfTrade; b Restated Suspended 0/3!90
        cancel a                 | a Canceled 0/3@101; b Canceled 0/3!90
        buy d 2 101              | d New 0/2@101
        oco e sell 5 101 stp=decrement, f sell 5 stop=90 | e New 0/5@101; d Canceled 0/2@101 SelfTrade; e Restated New 0/3@101 SelfTrade; f Suspended 0/5!90; f Restated Suspended 0/3!90
        """)]
    [InlineData("accounts of one owner never trade with each other, whatever they ask", """
        as romeo                 |
        sell a 5 101             | a New 0/5@101
        as sierra                |
        buy b 2 101              | b New 0/2@101; b Canceled 0/2@101 SelfTrade
        buy c 2 101 stp=none     | c New 0/2@101; c Canceled 0/2@101 SelfTrade
        buy d 2 101 stp=oldest   | d New 0/2@101; a Canceled 0/5@101 SelfTrade
        as papa                  |
        sell e 2 101             | e New 0/2@101; d Trade Filled 2/2@101; e Trade Filled 2/2@101
        """)]
    [InlineData("what trades lets go what waits for it, and that may trade in turn", """
        buy a 5 98               | a New 0/5@98
        buy b 5 97               | b New 0/5@97
        as quebec                |
        sell c 2 stop=98         | c Suspended 0/2!98
        sell d 9 97 stop=97      | d Suspended 0/9@97!97
        as romeo                 |
        sell e 4 98              | e New 0/4@98; a Trade PartiallyFilled 4/5@98; e Trade Filled 4/4@98; c Triggered PendingNew 0/2!98; c New 0/2!98; a Trade Filled 5/5@98; c Trade PartiallyFilled 1/2!98; b Trade PartiallyFilled 1/5@97; c Trade Filled 2/2!98; d Triggered PendingNew 0/9@97!97; d New 0/9@97!97; b Trade Filled 5/5@97; d Trade PartiallyFilled 4/9@97!97
        """)]
    [InlineData("a book that changes without a trade moves best prices", """
        sell a 5 104             | a New 0/5@104
        buy b 5 99               | b New 0/5@99
        buy c 5 95               | c New 0/5@95
        as quebec                |
        sell d 1 stop=96 on=best | d Suspended 0/1!96
        as papa                  |
        amend b price=98         | b Replaced New 0/5@98
        cancel b                 | b Canceled 0/5@98; d Triggered PendingNew 0/1!96; d New 0/1!96; c Trade PartiallyFilled 1/5@95; d Trade Filled 1/1!96
        """)]
    [InlineData("what may only reduce never turns a position, not even within one trade of another", """
        on paper-perp            |
        sell x 10 100            | x New 0/10@100
        as quebec                |
        buy a 10 100             | a New 0/10@100; x Trade Filled 10/10@100; a Trade Filled 10/10@100
        sell b 6 101             | b New 0/6@101
        sell c 4 101 reduce      | c New 0/4@101
        sell d 6 102 reduce      | d New 0/6@102
        as papa                  |
        buy e 40 103 fok         | e Rejected 0/40@103 NotFillable
        buy f 12 103             | d Canceled 0/6@102 WouldIncreasePosition; f New 0/12@103; b Trade Filled 6/6@101; f Trade PartiallyFilled 6/12@103; c Trade Filled 4/4@101; f Trade PartiallyFilled 10/12@103
        """)]
    [InlineData("a bracket plays itself", """
        sell x 20 100            | x New 0/20@100
        as quebec                |
        bracket a buy 10 100, t sell 0 105, s sell 0 stop=95 | a New 0/10@100; x Trade PartiallyFilled 10/20@100; a Trade Filled 10/10@100; t Suspended 0/0@105; s Suspended 0/0!95; t Restated Suspended 0/10@105; t Triggered PendingNew 0/10@105; t New 0/10@105; s Restated Suspended 0/10!95
        as papa                  |
        cancel x                 | x Canceled 10/20@100
        buy b 3 105              | b New 0/3@105; t Trade PartiallyFilled 3/10@105; b Trade Filled 3/3@105; s Restated Suspended 0/7!95
        buy c 5 95               | c New 0/5@95
        as romeo                 |
        sell d 1 95              | d New 0/1@95; c Trade PartiallyFilled 1/5@95; d Trade Filled 1/1@95; t Canceled 3/10@105; s Triggered PendingNew 0/7!95; s New 0/7!95; c Trade Filled 5/5@95; s Trade PartiallyFilled 4/7!95; s Expired 4/7!95; e-80000004-4 New 0/3; e-80000004-4 Expired 0/3
        """)]
    [InlineData("of a market that is ours no price is ever stale, and none comes from elsewhere", """
        later 60000              |
        sell a 10 101            | a New 0/10@101
        top 50 51                |
        buy b 10 99              | b New 0/10@99
        later 60000              |
        as quebec                |
        buy c 1 107              | c Rejected 0/1@107 PriceOutsideCollar
        buy c 1 106              | c New 0/1@106; a Trade PartiallyFilled 1/10@101; c Trade Filled 1/1@106
        """)]
    [InlineData("exchanges have nothing to say of it", """
        sell a 10 101            | a New 0/10@101
        seen a stream Canceled 0 |
        trade a stream 1 10      |
        refused a ExchangeRefused |
        unknown a                |
        cancel-refused a ExchangeRefused |
        down 1                   |
        session 2                |
        cancel a                 | a Canceled 0/10@101
        """)]
    [InlineData("over a restart the book is the same", """
        sell a 5 101 show=2      | a New 0/5@101
        sell b 5 101             | b New 0/5@101
        as quebec                |
        buy c 3 101              | c New 0/3@101; a Trade PartiallyFilled 2/5@101; c Trade PartiallyFilled 2/3@101; b Trade PartiallyFilled 1/5@101; c Trade Filled 3/3@101
        restart                  |
        buy d 7 101              | d New 0/7@101; b Trade Filled 5/5@101; d Trade PartiallyFilled 4/7@101; a Trade PartiallyFilled 4/5@101; d Trade PartiallyFilled 6/7@101; a Trade Filled 5/5@101; d Trade Filled 7/7@101
        """)]
    public void What_is_said_of_orders_matched_here(string story, string script) =>
        Script.Holds(Desk.Trading(), story, Scene + script, Script.IsOfOrders, isNamed: true);

    [Theory]
    [InlineData("a trade moves what both hold, and a fee leaves", """
        filters maker=-100 taker=1000 |
        sell a 10 101            | Reserved BTC 999990+10
        as quebec                |
        buy b 4 103              | Filled BTC 999990+6; Filled USDT 1000404.0404+0; Position -4 cost -404 pnl 0; Filled BTC 1000004+0; Filled USDT 999595.596+0; Position 4 cost 404 pnl 0
        """)]
    [InlineData("what is bought reserves its fee too", """
        filters taker=1000       |
        buy a 10 100             | Reserved USDT 998999+1001
        cancel a                 | Released USDT 1000000+0
        """)]
    public void What_is_held_moves(string story, string script) =>
        Script.Holds(Desk.Trading(), story, Scene + script, Script.IsOfMoney);

    [Theory]
    [InlineData("what is given is there, once, and what is taken is free", """
        as papa                  |
        on paper                 |
        deposit 500 USDT         | Deposited USDT 1000500+0
        buy a 10 100             | Reserved USDT 999500+1000
        """)]
    [InlineData("an account of an exchange gets nothing from us", """
        deposit 500 USDT         |
        """)]
    [InlineData("nor does anybody more than there can be", """
        as papa                  |
        on paper                 |
        deposit 9999999999 USDT  | Deposited USDT 10000999999+0
        deposit 9999999999 USDT  | Deposited USDT 20000999998+0
        deposit 9999999999 USDT  |
        as quebec                |
        deposit 9999999999 USDT  |
        deposit 9992000002 USDT  | Deposited USDT 9993000002+0
        deposit 1 USDT           |
        """)]
    public void Deposits_fund_accounts_of_what_is_matched_here(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfMoney);

    private const string Scene =
        """
        as papa |
        on paper |

        """;
}
