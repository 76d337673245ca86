namespace Oms.Engine.Tests;

/// <summary>The kill switch, and mass cancels: what they reach, and when they are done.</summary>
public sealed class HaltTests
{
    [Theory]
    [InlineData("of an account: what lives ends, nothing new leaves, confirmed when the exchange was asked", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0       | a New 0/10@100
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > cancel!! a; > resolve a; > gather 4
        buy b 10                 | b Rejected 0/10@100 Halted
        seen a stream Canceled 0 | a Canceled 0/10@100
        end 4 complete           | Account Confirmed Command
        buy b 10                 | b Rejected 0/10@100 Halted
        as bravo                 |
        buy c 10                 | c PendingNew 0/10@100; > submit c 10@100
        as alpha                 |
        resume account           | Account Resumed Command
        buy b 10                 | b PendingNew 0/10@100; > submit b 10@100
        """)]
    [InlineData("asked before all had ended proves nothing: asked again each second until all has", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0       | a New 0/10@100
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > cancel!! a; > resolve a; > gather 4
        seen a query New 0       | > cancel! a
        end 4 complete           |
        after 999                |
        after 1                  | > resolve a; > gather 5
        seen a stream Canceled 0 | a Canceled 0/10@100
        end 4 complete           |
        end 5 incomplete         |
        after 1000               | > gather 6
        end 6 complete           | Account Confirmed Command
        """)]
    [InlineData("repeated it does no harm", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > resolve a; > gather 4
        halt account             | Account Halted Command; > resolve a; > gather 5
        seen a reply New 0       | > cancel! a
        halt account             | Account Halted Command; > resolve a; > gather 6
        seen a stream Canceled 0 | a Canceled 0/10@100
        end 6 complete           | Account Confirmed Command
        halt account             | Account Halted Command; > gather 7
        end 7 complete           | Account Confirmed Command
        resume account           | Account Resumed Command
        resume account           | Account Resumed Command
        """)]
    [InlineData("over what is held, in flight and of unknown outcome, and what hangs on others", """
        last 100                 |
        sell a 1 stop=90         | a Suspended 0/1!90
        buy b 1                  | b PendingNew 0/1@100; > submit b 1@100
        buy c 1                  | c PendingNew 0/1@100; > submit c 1@100
        unknown c                | c Unknown 0/1@100; > resolve c
        bracket d buy 1, t sell 0 120, s sell 0 stop=90 | d PendingNew 0/1@100; > submit d 1@100; t Suspended 0/0@120; s Suspended 0/0!90
        buy e 1                  | e PendingNew 0/1@100; > submit e 1@100
        seen e reply New 0       | e New 0/1@100
        replace e f buy 2        | f Suspended 0/2@100; e PendingCancel 0/1@100; > cancel e
        halt account             | Account Halted Command; a Canceled 0/1!90; b PendingCancel 0/1@100; c PendingCancel Unknown 0/1@100; d PendingCancel 0/1@100; t Canceled 0/0@120; s Canceled 0/0!90; f Canceled 0/2@100; > resolve b; > resolve c; > resolve d; > resolve e; > gather 4
        last 80                  |
        trade b stream 1 1       | b Trade Filled 1/1@100
        seen c query New 0       | c New 0/1@100; c PendingCancel 0/1@100; > cancel! c
        absent d                 | d Rejected 0/1@100 NeverReachedExchange
        seen c stream Canceled 0 | c Canceled 0/1@100
        seen e stream Canceled 0 | e Canceled 0/1@100
        end 4 complete           | Account Confirmed Command
        """)]
    [InlineData("what only makes a position smaller passes, and a refused cancel is repeated", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        buy b 10                 | b PendingNew 0/10@100; > submit b 10@100
        seen b reply New 0       | b New 0/10@100
        halt account             | Account Halted Command; b PendingCancel 0/10@100; > cancel!! b; > resolve b; > gather 4
        sell c 10                | c Rejected 0/10@100 Halted
        sell d 10 reduce         | d PendingNew 0/10@100; > submit d 10@100 reduce
        cancel-refused b ExchangeRateLimited | b cancel rejected ExchangeRateLimited; b Restated New 0/10@100; > resolve b
        after 1000               | b PendingCancel 0/10@100; > cancel! b
        amend b quantity=5       | b cancel rejected ReplaceNotPossible
        """)]
    [InlineData("what came later to close, and rests, does not keep it open; another halt ends that too", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10      | a Trade Filled 10/10@100
        buy b 10                 | b PendingNew 0/10@100; > submit b 10@100
        seen b reply New 0       | b New 0/10@100
        halt account             | Account Halted Command; b PendingCancel 0/10@100; > cancel!! b; > resolve b; > gather 4
        sell c 10 reduce         | c PendingNew 0/10@100; > submit c 10@100 reduce
        seen c reply New 0       | c New 0/10@100
        end 4 complete           |
        after 1000               | > resolve b; > resolve c; > gather 5
        seen b stream Canceled 0 | b Canceled 0/10@100
        end 5 complete           | Account Confirmed Command
        after 1000               |
        halt account             | Account Halted Command; c PendingCancel 0/10@100; > cancel!! c; > resolve c; > gather 6
        end 6 complete           |
        seen c stream Canceled 0 | c Canceled 0/10@100
        after 1000               | > gather 7
        end 7 complete           | Account Confirmed Command
        """)]
    [InlineData("of an exchange, and of one that nobody knows", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        as papa                  |
        on paper                 |
        buy b 10                 | b New 0/10@100
        as none                  |
        halt exchange binance    | Exchange Halted Command; a PendingCancel 0/10@100; > resolve a; > gather 4; > gather 5; > gather 6
        halt exchange atlantis   | Exchange Resumed Command
        as papa                  |
        buy c 10                 | c New 0/10@100
        on toy                   |
        as bravo                 |
        buy d 10                 | d Rejected 0/10@100 Halted
        end 5 complete           |
        as delta                 |
        end 6 complete           |
        as alpha                 |
        seen a reply Canceled 0  | a Canceled 0/10@100
        end 4 complete           | Exchange Confirmed Command
        as none                  |
        resume exchange binance  | Exchange Resumed Command
        as bravo                 |
        buy d 10                 | d PendingNew 0/10@100; > submit d 10@100
        """)]
    [InlineData("of the firm: where orders are matched here there is nobody to ask", """
        as papa                  |
        on paper                 |
        buy a 10                 | a New 0/10@100
        as none                  |
        halt firm                | Firm Halted Command; a Canceled 0/10@100; > gather 4; > gather 5; > gather 6
        as papa                  |
        buy b 10                 | b Rejected 0/10@100 Halted
        as alpha                 |
        end 4 complete           |
        as bravo                 |
        end 5 complete           |
        as delta                 |
        end 6 complete           | Firm Confirmed Command
        """)]
    [InlineData("of accounts that are matched here it is confirmed at once", """
        as papa                  |
        on paper                 |
        buy a 10                 | a New 0/10@100
        halt account             | Account Halted Command; a Canceled 0/10@100; Account Confirmed Command
        """)]
    [InlineData("of one order, with what depends on it: it cannot come back", """
        bracket a buy 10, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        seen a reply New 0       | a New 0/10@100
        halt order a             | Order Halted Command; a PendingCancel 0/10@100; > cancel a; t Canceled 0/0@120; s Canceled 0/0!90
        cancel-refused a ExchangeRefused | a cancel rejected ExchangeRefused; a Restated New 0/10@100; > resolve a
        after 1000               | a PendingCancel 0/10@100; > cancel a
        seen a stream Canceled 0 | a Canceled 0/10@100; Order Confirmed Command
        resume order a           | Order Resumed Command
        buy b 10                 | b PendingNew 0/10@100; > submit b 10@100
        resume order b           | Order Resumed Command
        halt order x             | Order Resumed Command
        """)]
    [InlineData("of nobody", """
        as nobody                |
        halt account             | Account Resumed Command
        """)]
    [InlineData("while nothing is connected: asked as soon as there is somebody to ask", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0       | a New 0/10@100
        down 1                   |
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > cancel!! a
        session 2                |
        up 2                     | > resolve a; > gather 4
        seen a query New 0       | > cancel! a
        seen a stream Canceled 0 | a Canceled 0/10@100
        end 4 complete           | Account Confirmed Command
        """)]
    [InlineData("it persists over a restart, and so does what is still to be done", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0       | a New 0/10@100
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > cancel!! a; > resolve a; > gather 4
        restart                  |
        buy b 10                 | b Rejected 0/10@100 Halted
        seen a stream Canceled 0 | a Canceled 0/10@100
        restart                  |
        end 4 complete           | Account Confirmed Command
        restart                  |
        buy b 10                 | b Rejected 0/10@100 Halted
        """)]
    [InlineData("resumed before it was confirmed: never confirmed", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > resolve a; > gather 4
        resume account           | Account Resumed Command
        seen a reply Canceled 0  | a Canceled 0/10@100
        end 4 complete           |
        """)]
    [InlineData("an order from elsewhere that shows meanwhile ends too", """
        halt account             | Account Halted Command; > gather 4
        foreign 9 New 0 buy 8 100 | > resolve ?; external-4-9 New 0/8@100; external-4-9 PendingCancel 0/8@100; > cancel! external-4-9
        foreign 9 Canceled 0 buy 8 100 | external-4-9 Canceled 0/8@100
        end 4 complete           | Account Confirmed Command
        """)]
    [InlineData("while the log is behind", """
        buy a 10                 | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0       | a New 0/10@100
        behind                   |
        halt account             | Account Halted Command; a PendingCancel 0/10@100; > cancel!! a; > resolve a; > gather 4
        """)]
    public void A_halt(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Theory]
    [InlineData("of an account, of an instrument of it, of an instrument of all, of an exchange, of all", """
        buy a 1                  | a PendingNew 0/1@100; > submit a 1@100
        on btc                   |
        buy b 1000 50000         | b PendingNew 0/1000@50000; > submit b 1000@50000
        on toy                   |
        as bravo                 |
        buy c 1                  | c PendingNew 0/1@100; > submit c 1@100
        cancel-all instrument    | c PendingCancel 0/1@100; canceled 1
        as alpha                 |
        cancel-all instrument    | a PendingCancel 0/1@100; canceled 1
        as none                  |
        cancel-all instrument    | canceled 2
        cancel-all account       | canceled 0
        cancel-all exchange atlantis | canceled 0
        as papa                  |
        on paper                 |
        buy d 1                  | d New 0/1@100
        as alpha                 |
        cancel-all account       | b PendingCancel 0/1000@50000; canceled 2
        cancel-all exchange paper | d Canceled 0/1@100; canceled 1
        cancel-all all           | canceled 3
        """)]
    [InlineData("over what is held and what hangs on others, each with its own report", """
        last 100                 |
        sell a 1 stop=90         | a Suspended 0/1!90
        oco b sell 1 110, c sell 1 stop=90 | b PendingNew 0/1@110; > submit b 1@110; c Suspended 0/1!90
        cancel-all account       | a Canceled 0/1!90; b PendingCancel 0/1@110; c Canceled 0/1!90; canceled 3
        seen b reply New 0       | > cancel b
        """)]
    [InlineData("of nobody", """
        as nobody                |
        cancel-all account       | canceled 0
        """)]
    public void A_mass_cancel(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);
}
