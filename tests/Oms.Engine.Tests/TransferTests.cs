using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>
/// Transfers, step by step. Alpha and Bravo hold a million of everything in spot, Delta has a futures wallet too.
/// </summary>
public sealed class TransferTests
{
    private const string Forgotten =
        """
        transfer t0 papa quebec 0.00000001 USDT 69 | t0 Refused Rejected TransferTooOld
        transfer t6 papa quebec 0.00000001 USDT 63 | t6 Restated Completed
        """;

    private const string Full = "transfer a alpha bravo 1 USDT | a Refused Rejected TransferStoreFull";

    [Theory]
    [InlineData("reserved, in transit by the one event, there by the other", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Accepted      |
        moved alpha USDT -100           | t Debited InTransit; TransferredOut USDT 999900+0~100
        moved bravo USDT 100            | t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        moved bravo USDT 100            | > gather 4
        """)]
    [InlineData("history first: the events that follow are of legs that are booked", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        moved alpha USDT -100           |
        moved bravo USDT 100            |
        transfer-seen 1/1 Done          |
        """)]
    [InlineData("what arrived has left", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        moved bravo USDT 100            | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        moved alpha USDT -100           |
        transfer-seen 1/1 Accepted      |
        """)]
    [InlineData("refused by the exchange", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-refused 1/1 ExchangeInsufficientBalance | TransferReversed USDT 1000000+0; t Refused Rejected ExchangeInsufficientBalance
        transfer-refused 1/1 ExchangeInsufficientBalance |
        """)]
    [InlineData("not now, says the exchange: asked again under the same number", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-refused 1/1 ExchangeRateLimited |
        after 1000                      | t AskedAgain Reserved; > transfer 1/1 Spot 2 Spot 100
        """)]
    [InlineData("not now, and then a balance moves as if it had been taken: history is asked, and no second request sent", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-refused 1/1 ExchangeRateLimited |
        moved alpha USDT -100           | t Debited InTransit; TransferredOut USDT 999900+0~100
        after 1000                      | t Doubted InTransit
        after 1                         | > history 1/1
        """)]
    [InlineData("unknown: history has it", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-unknown 1/1            | t Doubted Reserved
        after 1                         | > history 1/1
        transfer-seen 1/1 Accepted      |
        transfer-absent 1/1             |
        after 2000                      | > history 1/1
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        """)]
    [InlineData("unknown: history does not have it, it is asked again, and then refused for what the first did", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-unknown 1/1            | t Doubted Reserved
        after 1                         | > history 1/1
        transfer-absent 1/1             | t AskedAgain Reserved; > transfer 1/1 Spot 2 Spot 100
        transfer-refused 1/1 ExchangeInsufficientBalance | t Doubted Reserved
        after 1                         | > history 1/1
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        """)]
    [InlineData("a repeated request that was refused is final once no earlier one can arrive", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-unknown 1/1            | t Doubted Reserved
        after 1                         | > history 1/1
        transfer-absent 1/1             | t AskedAgain Reserved; > transfer 1/1 Spot 2 Spot 100
        transfer-refused 1/1 ExchangeRefused | t Doubted Reserved
        after 1                         | > history 1/1
        transfer-absent 1/1             |
        after 15000                     | > history 1/1
        transfer-absent 1/1             | TransferReversed USDT 1000000+0; t Refused Rejected ExchangeRefused
        """)]
    [InlineData("FastPath started anew, maybe with its clock put forward: what is not there may come for as long after that, however often it is asked for", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-unknown 1/1            | t Doubted Reserved
        moved alpha USDT -100           | > history 1/1; t Debited InTransit; TransferredOut USDT 999900+0~100
        after 60000                     | > history 1/1
        shard 0                         |
        transfer-absent 1/1             |
        after 2000                      | > history 1/1
        transfer-absent 1/1             |
        transfer-unknown 1/1            |
        after 1                         | > history 1/1
        transfer-absent 1/1             |
        transfer-unknown 1/1            |
        after 1                         | > history 1/1
        transfer-absent 1/1             |
        transfer-unknown 1/1            |
        after 1                         | > history 1/1
        transfer-absent 1/1             |
        after 15000                     |
        transfer-absent 1/1             | TransferReversed USDT 1000000+0; t Reversed Rejected NeverReachedExchange; > gather 4; > gather 5
        """)]
    [InlineData("an event taken for its own is given back when the exchange denies the transfer", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        moved bravo USDT 100            | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        transfer-refused 1/1 ExchangeRefused | TransferReversed USDT 1000000+0; TransferReversed USDT 1000000+0; t Reversed Rejected ExchangeRefused; > gather 4; > gather 5
        """)]
    [InlineData("history says that it failed after it had left", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Accepted      |
        moved alpha USDT -100           | t Debited InTransit; TransferredOut USDT 999900+0~100
        transfer-seen 1/1 Failed        | TransferReversed USDT 1000000+0; t Reversed Rejected ExchangeRefused; > gather 4; > gather 5
        """)]
    [InlineData("an event that may be of either of two is of none: history is asked", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer u alpha bravo 100 USDT | u Accepted Reserved; > transfer 2/1 Spot 2 Spot 100; Reserved USDT 999800+200
        transfer-seen 1/1 Accepted      |
        transfer-seen 2/1 Accepted      |
        moved alpha USDT -100           |
        after 1                         | > history 1/1; > history 2/1
        """)]
    [InlineData("an event that may be the repetition of another's is nobody's: history is asked", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Accepted      |
        moved alpha USDT -100           | t Debited InTransit; TransferredOut USDT 999900+0~100
        moved bravo USDT 100            | t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        transfer u alpha bravo 100 USDT | u Accepted Reserved; > transfer 2/1 Spot 2 Spot 100; Reserved USDT 999800+100
        transfer-seen 2/1 Accepted      |
        moved bravo USDT 100            |
        after 1                         | > history 2/1
        transfer-seen 2/1 Accepted      |
        transfer-seen 1/1 Done          |
        moved alpha USDT -100           |
        transfer-seen 2/1 Done          | > history 2/1; u Debited InTransit; TransferredOut USDT 999800+0~100; u Credited Completed; TransferredOut USDT 999800+0; TransferredIn USDT 1000200+0
        moved bravo USDT 100            |
        moved alpha USDT -100           |
        """)]
    [InlineData("what events completed history has the last word on: what it denies is given back", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Accepted      |
        moved alpha USDT -100           | t Debited InTransit; TransferredOut USDT 999900+0~100
        moved bravo USDT 100            | t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        after 1000                      | > history 1/1
        transfer-seen 1/1 Failed        | TransferReversed USDT 1000000+0; TransferReversed USDT 1000000+0; t Reversed Rejected ExchangeRefused; > gather 4; > gather 5
        """)]
    [InlineData("what events completed the exchange may not hold yet: nothing is corrected before history has it", """
        as bravo                        |
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Accepted      |
        moved bravo USDT 100            | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        reconcile                       | > gather 4
        begin 4                         |
        holds 4 USDT 1000000 0          |
        end 4 complete                  |
        reconcile                       | > gather 5
        begin 5                         |
        after 1000                      | > history 1/1
        transfer-seen 1/1 Done          |
        holds 5 USDT 1000000 0          |
        """)]
    [InlineData("a difference that a transfer may be a part of is taken over once the transfer has ended", """
        as alpha                        |
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        reconcile                       | > gather 4
        begin 4                         |
        holds 4 USDT 999850 0           |
        end 4 complete                  |
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        after 1000                      | > gather 5 explain
        begin 5                         |
        holds 5 USDT 999850 0           | Adjusted USDT 999850+0
        """)]
    [InlineData("what a transfer may explain is compared again soon: it may not be the whole", """
        as alpha                        |
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        reconcile                       | > gather 4
        begin 4                         |
        holds 4 USDT 999950 0           |
        end 4 complete                  |
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        after 10000                     | > gather 5
        begin 5                         |
        holds 5 USDT 999850 0           | Adjusted USDT 999850+0
        """)]
    [InlineData("whose transfer is under way is asked again soon, and soon after it was; nobody else", """
        as delta                        |
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Accepted      |
        reconcile                       | > gather 4
        begin 4                         |
        end 4 complete                  |
        as bravo                        |
        reconcile                       | > gather 5
        begin 5                         |
        end 5 complete                  |
        after 10000                     | > gather 6; > history 1/1
        begin 6                         |
        end 6 complete                  |
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 1000100+0
        after 10000                     | > gather 7
        begin 7                         |
        end 7 complete                  |
        after 579000                    |
        """)]
    [InlineData("two hops between futures wallets: nobody's to spend on the way", """
        group 5                         |
        transfer t delta:futures alpha:futures 100 USDT | t Accepted Reserved; > transfer 1/1 Futures 3 Spot 100; Reserved USDT 999900+100
        moved delta USDT 100            | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Reserved; TransferredOut USDT 999900+0; TransferredIn USDT 0+100
        transfer-seen 1/1 Accepted      |
        after 1                         | > history 1/1
        transfer-seen 1/1 Accepted      |
        after 1000                      |
        after 1000                      | > history 1/1
        transfer-seen 1/1 Done          | t Forwarded Reserved; > transfer 1/2 Spot 1 Futures 100
        moved delta USDT -100           | t Debited InTransit; TransferredOut USDT 0+0~100
        transfer-seen 1/2 Done          | t Credited Completed; TransferredOut USDT 0+0; TransferredIn USDT 100+0
        """)]
    [InlineData("the second hop is refused: it is free in the wallet between", """
        group 5                         |
        transfer t delta:futures alpha:futures 100 USDT | t Accepted Reserved; > transfer 1/1 Futures 3 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Reserved; TransferredOut USDT 999900+0; TransferredIn USDT 0+100; t Forwarded Reserved; > transfer 1/2 Spot 1 Futures 100
        transfer-refused 1/2 ExchangeRefused | TransferReversed USDT 100+0; t Refused Stranded ExchangeRefused
        """)]
    [InlineData("between the wallets of one account", """
        transfer t delta:futures delta 100 USDT | t Accepted Reserved; > transfer 1/1 Futures 3 Spot 100; Reserved USDT 999900+100
        transfer-seen 1/1 Done          | t Debited InTransit; TransferredOut USDT 999900+0~100; t Credited Completed; TransferredOut USDT 999900+0; TransferredIn USDT 100+0
        """)]
    [InlineData("the connector dies: what it had not answered is asked of history", """
        transfer t alpha bravo 100 USDT | t Accepted Reserved; > transfer 1/1 Spot 2 Spot 100; Reserved USDT 999900+100
        transfer u bravo alpha 7 BTC    | u Accepted Reserved; > transfer 2/1 Spot 1 Spot 7; Reserved BTC 999993+7
        transfer-seen 2/1 Accepted      |
        restart                         |
        session 2                       | t Doubted Reserved
        session 2                       | > history 1/1
        after 999                       |
        """)]
    public void A_transfer(string story, string script) => Holds(story, script);

    [Theory]
    [InlineData("the rules, in their order", """
        transfer a nobody bravo 1 USDT     | a Refused Rejected AccountUnknown
        transfer a alpha nobody 1 USDT     | a Refused Rejected AccountUnknown
        transfer a alpha bravo 1 XYZ       | a Refused Rejected AssetUnknown
        transfer a alpha bravo 0 USDT      | a Refused Rejected AmountNotPositive
        transfer a alpha papa 1 USDT       | a Refused Rejected TransferNotPossible
        transfer a alpha alpha 1 USDT      | a Refused Rejected TransferNotPossible
        transfer a alpha alpha:futures 1 USDT | a Refused Rejected TransferNotPossible
        transfer a alpha delta:futures 1000001 USDT | a Refused Rejected InsufficientBalance
        transfer a alpha bravo 1000000 USDT | a Accepted Reserved; > transfer 1/1 Spot 2 Spot 1000000; Reserved USDT 0+1000000
        transfer b alpha bravo 1 USDT      | b Refused Rejected InsufficientBalance
        transfer a alpha bravo 1 USDT      | a Refused Rejected DuplicateClientTransferId
        transfer a alpha bravo 1000000 USDT | a Restated Reserved
        behind                             |
        transfer c bravo alpha 1 USDT      | c Refused Rejected LogBehind
        caught-up                          |
        as bravo                           |
        down 1                             |
        transfer c bravo alpha 1 USDT      | c Refused Rejected AccountNotReady
        transfer c delta:futures bravo 1 USDT | c Refused Rejected AccountNotReady
        """)]
    [InlineData("an account takes no more than it may hold", """
        as quebec                          |
        limit account balance=1000         |
        transfer a papa quebec 1 USDT      | a Refused Rejected BalanceValueAboveLimit
        as alpha                           |
        limit account balance=1000         |
        transfer a bravo alpha 1 USDT      | a Refused Rejected ValuationMissing
        """)]
    public void Is_refused(string story, string script) => Holds(story, script);

    [Fact]
    public void A_halted_account_sends_no_money_and_may_get_some()
    {
        Desk desk = Desk.Trading();
        desk.Send(Say.Halt(Domain.Accounts.HaltScope.Account, Desk.Alpha, "", isHalted: true));
        _ = desk.Take();
        Script.Holds(
            desk,
            "halted",
            """
            transfer a alpha bravo 1 USDT | a Refused Rejected Halted
            transfer b bravo alpha 1 USDT | b Accepted Reserved; > transfer 1/1 Spot 1 Spot 1; Reserved USDT 999999+1
            """,
            Script.IsOfTransfers);
    }

    [Fact]
    public void Between_accounts_that_are_matched_here_nobody_is_asked()
    {
        Desk desk = Desk.Trading();
        Script.Holds(
            desk,
            "here",
            """
            transfer a papa quebec 1 USDT | a Accepted Reserved; a Debited InTransit; TransferredOut USDT 999999+0~1; a Credited Completed; TransferredOut USDT 999999+0; TransferredIn USDT 1000001+0
            """,
            Script.IsOfTransfers);
        Audit.Holds(desk.Engine);
    }

    /// <summary>
    /// Two bought at 100 and one at 103 cost 101 each: two of them go with what they cost, and neither account gains or
    /// loses by it.
    /// </summary>
    [Fact]
    public void What_it_cost_travels_with_it()
    {
        Desk desk = Desk.Trading();
        Script.Holds(
            desk,
            "cost",
            """
            as papa                     |
            on paper                    |
            buy a 2 100                 |
            as quebec                   |
            sell b 2 100                | Position 2 cost 200 pnl 0; Position -2 cost -200 pnl 0
            as papa                     |
            buy c 1 103                 |
            as quebec                   |
            sell d 1 103                | Position 3 cost 303 pnl 0; Position -3 cost -303 pnl 0
            last 200                    |
            transfer t papa romeo 2 BTC | Position 1 cost 101 pnl 0; Position 2 cost 202 pnl 0
            transfer u papa romeo 5 BTC | Position 0 cost 0 pnl 0; Position 3 cost 303 pnl 0
            """,
            kind => kind == MessageKind.PositionChanged);
        Audit.Holds(desk.Engine);
    }

    [Theory]
    [InlineData("all of it", """
        as alpha                        |
        buy a 3 100                     |
        trade a stream 1 3 100          | Position 3 cost 300 pnl 0
        transfer t alpha bravo 2 BTC    |
        moved bravo BTC 2               | Position 1 cost 100 pnl 0; Position 2 cost 200 pnl 0
        transfer-refused 1/1 ExchangeRefused | Position 0 cost 0 pnl 0; Position 3 cost 300 pnl 0
        """)]
    [InlineData("at what it costs where it was added to another", """
        as bravo                        |
        buy b 2 104                     |
        trade b stream 1 2 104          | Position 2 cost 208 pnl 0
        as alpha                        |
        buy a 2 100                     |
        trade a stream 2 2 100          | Position 2 cost 200 pnl 0
        transfer t alpha bravo 2 BTC    |
        transfer-seen 1/1 Done          | Position 0 cost 0 pnl 0; Position 4 cost 408 pnl 0
        transfer-seen 1/1 Failed        | Position 2 cost 204 pnl 0; Position 2 cost 204 pnl 0
        """)]
    [InlineData("what was not sold meanwhile", """
        as alpha                        |
        buy a 2 100                     |
        trade a stream 1 2 100          | Position 2 cost 200 pnl 0
        transfer t alpha bravo 2 BTC    |
        moved bravo BTC 2               | Position 0 cost 0 pnl 0; Position 2 cost 200 pnl 0
        as bravo                        |
        sell b 1 100                    |
        trade b stream 2 1 100          | Position 1 cost 100 pnl 0
        transfer-refused 1/1 ExchangeRefused | Position 0 cost 0 pnl 0; Position 1 cost 100 pnl 0
        """)]
    [InlineData("nothing, where all was sold", """
        as alpha                        |
        buy a 2 100                     |
        trade a stream 1 2 100          | Position 2 cost 200 pnl 0
        transfer t alpha bravo 2 BTC    |
        moved bravo BTC 2               | Position 0 cost 0 pnl 0; Position 2 cost 200 pnl 0
        as bravo                        |
        sell b 3 100                    |
        trade b stream 2 3 100          | Position -1 cost -100 pnl 0
        transfer-refused 1/1 ExchangeRefused |
        """)]
    public void What_it_cost_comes_back_when_the_exchange_denies_the_transfer(string story, string script)
    {
        Desk desk = Desk.Trading();
        Script.Holds(desk, story, script, kind => kind == MessageKind.PositionChanged);
        Audit.Holds(desk.Engine);
        desk.Restart();
    }

    [Fact]
    public void What_an_account_gained_goes_with_the_position_and_is_no_loss_of_the_day()
    {
        Desk desk = Desk.Trading();
        Script.Holds(
            desk,
            "no loss",
            """
            as papa                     |
            on paper                    |
            limit account loss=50       |
            buy a 2 100                 |
            as quebec                   |
            sell b 2 100                |
            last 200                    |
            as papa                     |
            transfer t papa romeo 2 BTC |
            last 100                    |
            buy c 1 100                 |
            """,
            kind => kind is MessageKind.HaltChanged);
    }

    [Fact]
    public void Evidence_that_a_transfer_may_explain_is_no_difference()
    {
        Desk desk = Desk.Trading();
        Script.Holds(
            desk,
            "under way",
            """
            transfer t alpha bravo 100 USDT |
            up 1                            | Reconciling StreamUp; > gather 4
            begin 4                         |
            holds 4 USDT 999900 0           |
            end 4 complete                  | Ready EvidenceComplete
            transfer-seen 1/1 Done          |
            up 1                            | Reconciling StreamUp; > gather 5
            begin 5                         |
            holds 5 USDT 999900 0           |
            end 5 complete                  | Ready EvidenceComplete
            up 1                            | Reconciling StreamUp; > gather 6
            begin 6                         |
            holds 6 USDT 999800 0           | Balance 999900 here, 999800 there
            """,
            kind => kind is MessageKind.GatherEvidence or MessageKind.DifferenceFound
                || (kind == MessageKind.AccountGateChanged));
    }

    [Fact]
    public void An_id_that_may_have_been_forgotten_is_refused()
    {
        Desk desk = Desk.Trading();
        for (int number = 0; number < 70; number++)
        {
            desk.NowUnixNanos += 1_000_000;
            desk.Send(Say.Transfer(
                $"t{number}", Desk.Papa, Domain.Instruments.Market.Spot, Desk.Quebec, Domain.Instruments.Market.Spot,
                Desk.Usdt, 1, desk.NowUnixNanos));
        }

        _ = desk.Take();
        Script.Holds(
            desk,
            "forgotten",
            Forgotten,
            kind => kind == MessageKind.TransferReport);
    }

    [Fact]
    public void A_store_that_is_full_of_live_ones_takes_no_more()
    {
        Desk desk = Desk.Trading();
        for (int number = 0; number < Desk.Capacity.TransfersHeldMax; number++)
        {
            desk.Send(Say.Transfer(
                $"t{number}", Desk.Alpha, Domain.Instruments.Market.Spot, Desk.Bravo, Domain.Instruments.Market.Spot,
                Desk.Usdt, 1, desk.NowUnixNanos));
        }

        _ = desk.Take();
        Script.Holds(
            desk, "full", Full,
            kind => kind == MessageKind.TransferReport);
    }

    private static void Holds(string story, string script)
    {
        Desk desk = Desk.Trading();
        Script.Holds(desk, story, script, Script.IsOfTransfers);
        Audit.Holds(desk.Engine);
    }
}
