using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>What the engine holds of positions and of the wallets behind them, against what the exchange states.
/// </summary>
public sealed class PositionReconciliationTests
{
    // Each of three accounts completed its first round, in which Delta had no position.
    [Theory]
    [InlineData("a later difference is asked again, and halts when it stays", """
        up 1                          | Reconciling StreamUp; > gather 4
        begin 4                       |
        position 4 10 1000            |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        position 5 10 1000            | Position 0 here, 10 there; Account Halted Difference; > gather 6 explain
        """)]
    [InlineData("a trade from elsewhere that was in the position when it was first seen is taken back", """
        foreign-trade 9 buy 1 10 100  | > resolve ?; external-5-9 Trade PartiallyFilled 10/10
        foreign-trade 9 buy 2 5 100   | external-5-9 Trade PartiallyFilled 15/15
        foreign 9 Filled 15 buy 15 100 | external-5-9 Restated Filled 15/15@100
        after 1000                    | > gather 4
        begin 4                       |
        position 4 5 500              |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        position 5 5 500              | Position 15 here, 5 there
        end 5 complete                | Ready EvidenceComplete
        up 1                          | Reconciling StreamUp; > gather 6
        begin 6                       |
        position 6 5 500              |
        end 6 complete                | Ready EvidenceComplete
        up 1                          | Reconciling StreamUp; > gather 7
        begin 7                       |
        position 7 4 400              |
        end 7 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 8 explain
        begin 8                       |
        position 8 4 400              | Position 5 here, 4 there; Account Halted Difference; > gather 9 explain
        """)]
    [InlineData("what such a trade does not explain halts", """
        foreign-trade 9 buy 1 10 100  | > resolve ?; external-5-9 Trade PartiallyFilled 10/10
        foreign 9 Filled 10 buy 10 100 | external-5-9 Restated Filled 10/10@100
        after 1000                    | > gather 4
        begin 4                       |
        position 4 -1 -100            |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        position 5 -1 -100            | Position 10 here, -1 there; Account Halted Difference; > gather 6 explain
        """)]
    [InlineData("a trade from elsewhere that a round agreed with is in doubt no more", """
        foreign-trade 9 sell 1 10 100 | > resolve ?; external-5-9 Trade PartiallyFilled 10/10
        foreign 9 Filled 10 sell 10 100 | external-5-9 Restated Filled 10/10@100
        after 1000                    | > gather 4
        begin 4                       |
        position 4 -10 -1000          |
        end 4 complete                |
        up 1                          | Reconciling StreamUp; > gather 5
        begin 5                       |
        position 5 0 0                |
        end 5 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 6 explain
        begin 6                       |
        position 6 0 0                | Position -10 here, 0 there; Account Halted Difference; > gather 7 explain
        """)]
    [InlineData("a fill under way may be why", """
        buy a 10                      | a PendingNew 0/10@100; > submit a 10@100
        up 1                          | Reconciling StreamUp; > resolve a; > gather 4
        begin 4                       |
        position 4 10 1000            |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > resolve a; > gather 5 explain
        begin 5                       |
        trade a query 1 10            | a Trade Filled 10/10@100
        position 5 10 1000            |
        end 5 complete                | Ready EvidenceComplete
        """)]
    [InlineData("a position that is not named any more is none", """
        buy a 10                      | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10           | a Trade Filled 10/10@100
        up 1                          | Reconciling StreamUp; > gather 4
        begin 4                       |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        end 5 incomplete              | Reconciling EvidenceIncomplete
        after 1000                    | > gather 6 explain
        begin 6                       |
        position 6 10 1000            |
        end 6 complete                | Ready EvidenceComplete
        up 1                          | Reconciling StreamUp; > gather 7
        begin 7                       |
        end 7 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 8 explain
        begin 8                       |
        end 8 complete                | Position 10 here, 0 there; Account Halted Difference; Ready EvidenceComplete; > gather 9
        begin 9                       |
        end 9 complete                | Position 10 here, 0 there; Account Confirmed Difference
        """)]
    [InlineData("resumed by somebody: what the exchange has is what there is", """
        up 1                          | Reconciling StreamUp; > gather 4
        begin 4                       |
        position 4 10 1000            |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        position 5 10 1000            | Position 0 here, 10 there; Account Halted Difference; > gather 6 explain
        begin 6                       |
        position 6 10 1000            | Position 0 here, 10 there
        end 6 complete                | Ready EvidenceComplete; Account Confirmed Difference
        buy a 1                       | a Rejected 0/1@100 Halted
        resume account                | Account Resumed Command; > gather 7
        begin 7                       |
        position 7 10 1000            | Position 0 here, 10 there
        end 7 complete                |
        buy a 1                       | a PendingNew 0/1@100; > submit a 1@100
        sell b 10 reduce              | b PendingNew 0/10@100; > submit b 10@100 reduce
        """)]
    [InlineData("found while it is halted already: said once, and the reason that stays", """
        halt account                  | Account Halted Command; > gather 4
        begin 4                       |
        position 4 10 1000            |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        position 5 10 1000            | Position 0 here, 10 there; Account Halted Difference; > gather 6 explain
        halt account                  | Account Halted Difference; > gather 7 explain
        begin 7                       |
        position 7 10 1000            | Position 0 here, 10 there
        end 7 complete                | Ready EvidenceComplete; Account Confirmed Difference
        up 1                          | Reconciling StreamUp; > gather 8
        begin 8                       |
        position 8 12 1200            |
        end 8 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 9 explain
        begin 9                       |
        position 9 12 1200            | Position 0 here, 12 there
        end 9 complete                | Ready EvidenceComplete
        resume account                | Account Resumed Command; > gather 10
        begin 10                      |
        position 10 12 1200           | Position 0 here, 12 there
        end 10 complete               |
        sell b 12 reduce              | b PendingNew 0/12@100; > submit b 12@100 reduce
        """)]
    [InlineData("trades that nobody heard of explain it, and the balance that came of them", """
        buy a 10                      | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10           | a Trade Filled 10/10@100
        up 1                          | Reconciling StreamUp; > gather 4
        begin 4                       |
        position 4 0 0                |
        holds 4 USDT 1000100 0        |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        foreign-trade 9 sell 2 10 110 | > resolve ?; external-5-9 Trade PartiallyFilled 10/10
        position 5 0 0                |
        holds 5 USDT 1000100 0        |
        end 5 complete                | Ready EvidenceComplete
        """)]
    [InlineData("positions of what is matched here, of nothing, of no side and beyond everything are none", """
        up 1                          | Reconciling StreamUp; > gather 4
        begin 4                       |
        on toy                        |
        position 4 10 1000            |
        on paper-perp                 |
        position 4 10 1000            |
        on perp                       |
        position 4 20000000000 1000   |
        position 9 10 1000            |
        end 4 complete                | Ready EvidenceComplete
        """)]
    [InlineData("a side of hedge mode for itself", """
        buy a 10 long                 | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10           | a Trade Filled 10/10@100
        sell b 4 short                | b PendingNew 0/4@100; > submit b 4@100
        trade b stream 2 4            | b Trade Filled 4/4@100
        up 1                          | Reconciling StreamUp; > gather 4
        begin 4                       |
        position 4 10 1000 long       |
        end 4 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 5 explain
        begin 5                       |
        position 5 10 1000 long       |
        position 5 -5 -500 short      |
        end 5 complete                | Reconciling BalancesDiffer
        after 1000                    | > gather 6 explain
        begin 6                       |
        position 6 10 1000 long       |
        position 6 -5 -500 short      | Position -4 here, -5 there; Account Halted Difference; > gather 7 explain
        """)]
    public void Positions_against_the_exchange(string story, string script) => Script.Holds(
        Desk.Trading(),
        story,
        "as delta |\non perp |\n" + script,
        kind => kind is not (MessageKind.BalanceChanged or MessageKind.PositionChanged),
        isNamed: true);

    [Theory]
    [InlineData("adopted with its cost and leverage", """
        session 2                     |
        up 2                          |
        begin 1                       |
        holds 1 USDT 1000000 0        | Opening USDT 1000000+0
        position 1 10 1000 long leverage=10 | Position Long 10 cost 1000 pnl 0; Reserved USDT 999900+100
        position 1 -3 300 short leverage=5 | Position Short -3 cost -300 pnl 0; Reserved USDT 999740+260
        end 1 incomplete              |
        after 1000                    |
        begin 2                       |
        position 2 12 1200 long       |
        end 2 complete                |
        after 1000                    |
        begin 3                       |
        position 3 12 1200 long       | Position Long 12 cost 1200 pnl 0; Reserved USDT 999700+300
        end 3 complete                | Position Short 0 cost 0 pnl 0; Released USDT 999760+240
        buy a 10 long                 | Reserved USDT 999560+440
        """)]
    [InlineData("trades in another order gave another profit: told apart once all is closed, by asking soon", """
        session 2                     |
        up 2                          |
        begin 1                       |
        holds 1 USDT 1000000 0        | Opening USDT 1000000+0
        end 1 complete                |
        buy a 10                      | Reserved USDT 999000+1000
        buy b 10                      | Reserved USDT 998000+2000
        sell c 10                     | Reserved USDT 997000+3000
        trade a stream 1 10 100       | Filled USDT 997000+3000; Position 10 cost 1000 pnl 0
        trade c stream 3 10 120       | Filled USDT 999200+1000; Position 0 cost 0 pnl 200
        trade b stream 2 10 110       | Filled USDT 999000+1100; Position 10 cost 1100 pnl 200
        reconcile                     |
        begin 2                       |
        position 2 10 1050            |
        holds 2 USDT 1000150 0        | Adjusted USDT 998950+1100
        end 2 complete                |
        sell d 10                     |
        trade d stream 4 10 120       | Filled USDT 1000250+0; Position 0 cost 0 pnl 300
        after 1000                    |
        begin 3                       |
        holds 3 USDT 1000300 0        | Adjusted USDT 1000300+0
        end 3 complete                |
        """)]
    [InlineData("and of what is closed in part, by asking in a while", """
        session 2                     |
        up 2                          |
        begin 1                       |
        holds 1 USDT 1000000 0        | Opening USDT 1000000+0
        end 1 complete                |
        buy a 10                      | Reserved USDT 999000+1000
        trade a stream 1 10 110       | Filled USDT 998800+1100; Position 10 cost 1100 pnl 0
        reconcile                     |
        begin 2                       |
        position 2 10 1050            |
        holds 2 USDT 1000050 0        | Adjusted USDT 998850+1100
        end 2 complete                |
        sell d 4                      |
        trade d stream 4 4 120        | Filled USDT 999370+660; Position 6 cost 660 pnl 40
        after 60000                   |
        begin 3                       |
        holds 3 USDT 1000110 0        | Adjusted USDT 999390+660
        end 3 complete                |
        """)]
    [InlineData("nor where trades came in another order than they were made in", """
        session 2                     |
        up 2                          |
        begin 1                       |
        holds 1 USDT 1000000 0        | Opening USDT 1000000+0
        end 1 complete                |
        buy a 5                       | Reserved USDT 999500+500
        trade a stream 1 5 110        | Filled USDT 999400+550; Position 5 cost 550 pnl 0
        buy b 10                      | Reserved USDT 998400+1550
        trade b stream 3 10 100       | Filled USDT 998400+1550; Position 15 cost 1550 pnl 0
        sell c 4                      |
        trade c stream 2 4 90         | Filled USDT 998773.33333333+1136.66666667; Position 11 cost 1136.66666667 pnl -53.33333333
        after 60000                   |
        begin 2                       |
        holds 2 USDT 999920 0         | Adjusted USDT 998746.66666666+1136.66666667
        end 2 complete                |
        """)]
    public void The_first_positions(string story, string script)
    {
        var desk = new Desk();
        desk.Send(Desk.Filters(Desk.Perp, notionalMin: 0));
        desk.Top(Desk.Perp, 100, 100);
        _ = desk.Take();
        Script.Holds(desk, story, "as delta |\non perp |\n" + script, Script.IsOfMoney);
    }
}
