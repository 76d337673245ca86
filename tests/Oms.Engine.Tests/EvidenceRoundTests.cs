using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>When an account may trade, what is asked to find out, and when balances are believed.</summary>
public sealed class EvidenceRoundTests
{
    // An own session opens rounds 1, 2 …
    [Theory]
    [InlineData("from the first session to ready", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        begin 1             |
        holds 1 USDT 900 100 | Opening USDT 1000+0
        holds 1 BTC 0 0     | Opening BTC 0+0
        end 1 complete      | Ready EvidenceComplete
        """)]
    [InlineData("an incomplete round is gathered again after a second, not before", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        begin 1             |
        end 1 incomplete    | Reconciling EvidenceIncomplete
        after 999           |
        after 1             | > gather 2
        after 2000          |
        begin 2             |
        end 2 complete      | Ready EvidenceComplete
        """)]
    [InlineData("a silent connector closes the gate, and a new round opens it when it is heard again", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        end 1 complete      | Ready EvidenceComplete
        silent              | Disconnected ConnectorSilent
        end 1 complete      |
        heard               | Reconciling ConnectorHeard; > gather 2
        end 2 complete      | Ready EvidenceComplete
        """)]
    [InlineData("a connector that is heard without a private stream opens nothing", """
        session 10          |
        silent              |
        heard               |
        up 10               | Reconciling StreamUp; > gather 1
        down 10             | Disconnected StreamDown
        silent              |
        heard               |
        """)]
    [InlineData("a stale round proves nothing", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        up 10               | Reconciling StreamUp; > gather 2
        begin 1             |
        holds 1 USDT 5 0    |
        end 1 complete      |
        end 2 complete      | Ready EvidenceComplete
        """)]
    [InlineData("evidence after the stream went down proves nothing", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        down 10             | Disconnected StreamDown
        end 1 complete      |
        after 5000          |
        """)]
    [InlineData("a stream of another session is not believed", """
        session 10          |
        up 9                |
        up 10               | Reconciling StreamUp; > gather 1
        end 1 complete      | Ready EvidenceComplete
        down 9              |
        session 10          |
        session 9           | Disconnected ConnectorStarted
        up 10               |
        up 9                | Reconciling StreamUp; > gather 2
        """)]
    [InlineData("a retry that was due dies with its session", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        end 1 incomplete    | Reconciling EvidenceIncomplete
        session 11          | Disconnected ConnectorStarted
        after 5000          |
        """)]
    [InlineData("a new session makes what was not acknowledged unknown and asks for all that lives", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        holds 1 USDT 9000 0 | Opening USDT 9000+0
        end 1 complete      | Ready EvidenceComplete
        buy a 10            | PendingNew PendingNew 0; > submit; Reserved USDT 8000+1000
        buy b 10            | PendingNew PendingNew 0; > submit; Reserved USDT 7000+2000
        buy c 10            | PendingNew PendingNew 0; > submit; Reserved USDT 6000+3000
        seen a reply New 0  | New New 0
        seen b reply New 0  | New New 0
        cancel b            | PendingCancel PendingCancel 0; > cancel
        session 11          | Disconnected ConnectorStarted; Unknown Unknown 0
        up 11               | Reconciling StreamUp; > resolve 2; > resolve 2; > resolve 2; > gather 2
        begin 2             |
        seen a query New 0  |
        seen b query New 0  | > cancel
        absent c            | Rejected Rejected 0 NeverReachedExchange; Released USDT 7000+2000
        end 2 complete      | Ready EvidenceComplete
        """)]
    [InlineData("a difference beside a live order is asked for again, and adopted when it stays", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        holds 1 USDT 9000 0 | Opening USDT 9000+0
        end 1 complete      | Ready EvidenceComplete
        buy a 10            | PendingNew PendingNew 0; > submit; Reserved USDT 8000+1000
        up 10               | Reconciling StreamUp; > resolve 2; > gather 2
        begin 2             |
        holds 2 USDT 9500 0 |
        end 2 complete      | Reconciling BalancesDiffer
        after 1000          | > resolve 3; > gather 3 explain
        begin 3             |
        holds 3 USDT 9600 0 |
        end 3 complete      | Reconciling BalancesDiffer
        after 1000          | > resolve 4; > gather 4 explain
        begin 4             |
        holds 4 USDT 9600 0 | Balance 9000 here, 9600 there; Adjusted USDT 8600+1000
        end 4 complete      | Ready EvidenceComplete
        """)]
    [InlineData("a difference without a live order is adopted at once", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        holds 1 USDT 9000 0 | Opening USDT 9000+0
        end 1 complete      | Ready EvidenceComplete
        up 10               | Reconciling StreamUp; > gather 2
        begin 2             |
        holds 2 USDT 9500 0 | Balance 9000 here, 9500 there; Adjusted USDT 9500+0
        end 2 complete      | Ready EvidenceComplete
        """)]
    [InlineData("balances gathered around a fill are not adopted", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        holds 1 USDT 9000 0 | Opening USDT 9000+0
        holds 1 BTC 0 0     | Opening BTC 0+0
        end 1 complete      | Ready EvidenceComplete
        buy a 10            | PendingNew PendingNew 0; > submit; Reserved USDT 8000+1000
        up 10               | Reconciling StreamUp; > resolve 2; > gather 2
        begin 2             |
        trade a query 1 10  | Trade Filled 10; Filled BTC 10+0; Filled USDT 8000+0
        holds 2 USDT 9000 0 |
        end 2 complete      | Reconciling BalancesDiffer
        after 1000          | > gather 3 explain
        begin 3             |
        holds 3 USDT 8000 0 |
        end 3 complete      | Ready EvidenceComplete
        """)]
    [InlineData("an asset that nobody defined is no evidence", """
        session 10          |
        up 10               | Reconciling StreamUp; > gather 1
        holds 1 OTHER 5 0   |
        end 1 complete      | Ready EvidenceComplete
        """)]
    public void Gates_follow_evidence(string story, string script)
    {
        var desk = new Desk();
        desk.Send(Desk.Filters(Desk.Toy, notionalMin: 0));
        desk.Top(Desk.Toy, 100, 100);

        Script.Holds(desk, story, script, kind => kind != MessageKind.PositionChanged);
    }
}
