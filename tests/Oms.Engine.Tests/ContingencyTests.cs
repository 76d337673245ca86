namespace Oms.Engine.Tests;

/// <summary>Orders that depend on each other, at an exchange that does not know it.</summary>
public sealed class ContingencyTests
{
    [Theory]
    [InlineData("one leg works, the other is held; what one fills the other no longer may", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        trade a stream 1 4 110      | a Trade PartiallyFilled 4/10@110; b Restated Suspended 0/6!90
        trade a stream 1 4 110      |
        trade a stream 2 6 110      | a Trade Filled 10/10@110; b Canceled 0/6!90
        """)]
    [InlineData("the price of the held one comes: the other is canceled first, then it goes for what is left", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        trade a stream 1 4 110      | a Trade PartiallyFilled 4/10@110; b Restated Suspended 0/6!90
        last 90                     | a PendingCancel 4/10@110; > cancel a
        last 80                     |
        trade a stream 2 1 110      | a Trade PendingCancel 5/10@110; b Restated Suspended 0/5!90
        seen a stream Canceled 5    | a Canceled 5/10@110; b Triggered PendingNew 0/5!90; > submit b 5
        trade b stream 3 5 90       | b Trade Filled 5/5!90
        """)]
    [InlineData("filled while it was being canceled: the other has nothing left to do", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        trade a stream 1 10 110     | a Trade Filled 10/10@110; b Canceled 0/10!90
        cancel-refused a ExchangeOrderUnknown |
        """)]
    [InlineData("the cancel is refused: asked again until the leg has ended, and no earlier than a second later", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        cancel-refused a ExchangeRateLimited | a cancel rejected ExchangeRateLimited; a Restated New 0/10@110; > resolve a
        seen a query New 0          |
        after 999                   |
        after 1                     | a PendingCancel 0/10@110; > cancel a
        after 5000                  |
        seen a query New 0          | > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("not yet acknowledged, or of unknown outcome: the other waits", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        last 90                     | a PendingCancel 0/10@110
        unknown a                   | a Unknown 0/10@110; > resolve a
        seen a query New 0          | a New 0/10@110; a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("it never reached the exchange: the other goes alone", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        last 90                     | a PendingCancel 0/10@110
        unknown a                   | a Unknown 0/10@110; > resolve a
        absent a                    | a Rejected 0/10@110 NeverReachedExchange; b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("the working one is refused: the other stays, it protects", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        refused a ExchangeRefused   | a Rejected 0/10@110 ExchangeRefused
        last 90                     | b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("a cancel of one is a cancel of both", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        cancel a                    | a PendingCancel 0/10@110; > cancel a; b Canceled 0/10!90
        oco c sell 10 110, d sell 10 stop=90 | c PendingNew 0/10@110; > submit c 10@110; d Suspended 0/10!90
        seen c reply New 0          | c New 0/10@110
        cancel d                    | d Canceled 0/10!90; c PendingCancel 0/10@110; > cancel c
        """)]
    [InlineData("both filled more than their one quantity: the market takes it back, once", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        trade b stream 1 7 90       | b Trade PartiallyFilled 7/10!90
        trade a stream 2 4 110      | a Trade Canceled 4/10@110; b-80000001-4 PendingNew 0/1; > submit b-80000001-4 1; b PendingCancel 7/10!90; > cancel b
        trade a stream 2 4 110      |
        trade b stream 3 3 90       | b Trade Filled 10/10!90; b-80000002-a PendingNew 0/3; > submit b-80000002-a 3
        """)]
    [InlineData("a stop that is refused is closed at the market", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        refused b ExchangeRefused   | b Rejected 0/10!90 ExchangeRefused; e-80000002-0 PendingNew 0/10; > submit e-80000002-0 10
        refused e-80000002-0 ExchangeRefused | e-80000002-0 Rejected 0/10 ExchangeRefused
        """)]
    [InlineData("a stop that finds nobody is tried once more, for what is left", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        trade b stream 1 4 90       | b Trade PartiallyFilled 4/10!90
        seen b stream Expired 4     | b Expired 4/10!90; e-80000002-4 PendingNew 0/6; > submit e-80000002-4 6
        seen e-80000002-4 stream Expired 0 | e-80000002-4 Expired 0/6
        """)]
    [InlineData("an entry that is refused is none: nothing is bought instead", """
        oco a buy 10 90, b buy 10 stop=104 | a PendingNew 0/10@90; > submit a 10@90; b Suspended 0/10!104
        last 104                    | a PendingCancel 0/10@90
        seen a reply Canceled 0     | a Canceled 0/10@90; b Triggered PendingNew 0/10!104; > submit b 10
        refused b ExchangeRefused   | b Rejected 0/10!104 ExchangeRefused
        """)]
    [InlineData("an exit that cannot be placed is told", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        filters closed              |
        seen a stream Canceled 0    | a Canceled 0/10@110; b Rejected 0/10!90 InstrumentNotTradable; e-80000002-0 Rejected 0/10 InstrumentNotTradable
        """)]
    [InlineData("an exit waits for the gate", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        last 90                     | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@110; b Triggered PendingNew 0/10!90; > submit b 10
        down 1                      |
        refused b ExchangeRefused   | b Rejected 0/10!90 ExchangeRefused; e-80000002-0 Suspended 0/10
        up 1                        | > gather 4
        end 4 complete              | e-80000002-0 Triggered PendingNew 0/10; > submit e-80000002-0 10
        """)]
    [InlineData("a trailing leg", """
        oco a sell 10 110, b sell 10 trail=5 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!95
        seen a reply New 0          | a New 0/10@110
        last 104                    |
        last 99                     | a PendingCancel 0/10@110; > cancel a
        """)]
    [InlineData("its time runs out: the other stays alone", """
        oco a sell 10 110 gtd=1000, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        seen a reply New 0          | a New 0/10@110
        after 1000                  | a PendingCancel 0/10@110; > cancel a
        seen a stream Canceled 0    | a Expired 0/10@110
        last 90                     | b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("a list again is answered with its state", """
        oco a sell 10 110, b sell 10 stop=90 | a PendingNew 0/10@110; > submit a 10@110; b Suspended 0/10!90
        oco a sell 10 110, b sell 10 stop=90 | a OrderStatus PendingNew 0/10@110
        oco a sell 11 110, b sell 11 stop=90 | a Rejected 0/11@110 DuplicateClientOrderId
        oco c sell 10 110, b sell 10 stop=90 | c Rejected 0/10@110 DuplicateClientOrderId
        """)]
    public void One_cancels_the_other(string story, string script) => Play(story, script);

    [Theory]
    [InlineData("the second goes for what the first filled, once that has ended", """
        oto a buy 10 100, b sell 0 110 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0@110
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; b Restated Suspended 0/4@110
        trade a stream 2 6          | a Trade Filled 10/10@100; b Restated Suspended 0/10@110; b Triggered PendingNew 0/10@110; > submit b 10@110
        """)]
    [InlineData("canceled after a part: the second goes for that part", """
        oto a buy 10 100, b sell 0 110 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0@110
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; b Restated Suspended 0/4@110
        cancel a                    | a PendingCancel 4/10@100; > cancel a
        seen a stream Canceled 4    | a Canceled 4/10@100; b Triggered PendingNew 0/4@110; > submit b 4@110
        """)]
    [InlineData("canceled, refused or expired unfilled: nothing is to be done", """
        oto a buy 10 100, b sell 0 110 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0@110
        cancel a                    | a PendingCancel 0/10@100
        seen a reply Canceled 0     | a Canceled 0/10@100; b Canceled 0/0@110
        oto c buy 10 100, d sell 0 110 | c PendingNew 0/10@100; > submit c 10@100; d Suspended 0/0@110
        refused c ExchangeRefused   | c Rejected 0/10@100 ExchangeRefused; d Canceled 0/0@110
        oto e buy 10 100, f sell 0 110 | e PendingNew 0/10@100; > submit e 10@100; f Suspended 0/0@110
        seen e stream Expired 0     | e Expired 0/10@100; f Canceled 0/0@110
        """)]
    [InlineData("the fee is taken out of what was bought: the second is worth whole lots of the rest", """
        filters lot=2               |
        oto a buy 10 100, b sell 0 110 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0@110
        trade a stream 1 10 100 0.1 BTC | a Trade Filled 10/10@100; b Restated Suspended 0/8@110; b Triggered PendingNew 0/8@110; > submit b 8@110
        """)]
    [InlineData("nothing but dust is left of it: nothing is to be done", """
        filters lot=2               |
        oto a buy 2 100, b sell 0 110 | a PendingNew 0/2@100; > submit a 2@100; b Suspended 0/0@110
        trade a stream 1 2 100 0.1 BTC | a Trade Filled 2/2@100; b Canceled 0/0@110
        """)]
    [InlineData("a second that waits for a price works while the first does; it ends the first", """
        oto a buy 10 100, b sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0!90
        last 80                     |
        last 99                     |
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; b Restated Suspended 0/4!90
        last 89                     | a PendingCancel 4/10@100; > cancel a
        trade a stream 2 1          | a Trade PendingCancel 5/10@100; b Restated Suspended 0/5!90
        seen a stream Canceled 5    | a Canceled 5/10@100; b Triggered PendingNew 0/5!90; > submit b 5
        """)]
    [InlineData("its price was there before the fill: it goes at once", """
        oto a buy 10 100, b sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0!90
        last 80                     |
        trade a stream 1 10         | a Trade Filled 10/10@100; b Restated Suspended 0/10!90; b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("its price was there long before the fill: it goes with the next one", """
        oto a buy 10 100, b sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0!90
        last 80                     |
        later 6000                  |
        trade a stream 1 10         | a Trade Filled 10/10@100; b Restated Suspended 0/10!90
        last 80                     | b Triggered PendingNew 0/10!90; > submit b 10
        """)]
    [InlineData("a trailing second starts at the fill, or at the first price after it", """
        oto a buy 10 100, b sell 0 trail=5 on=mark | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0
        trade a stream 1 10         | a Trade Filled 10/10@100; b Restated Suspended 0/10
        mark 120                    |
        mark 125                    |
        mark 120                    | b Triggered PendingNew 0/10!120; > submit b 10
        oto c sell 10 100, d buy 0 trail=5 on=mark | c PendingNew 0/10@100; > submit c 10@100; d Suspended 0/0
        trade c stream 2 10         | c Trade Filled 10/10@100; d Restated Suspended 0/10!125
        """)]
    [InlineData("a buy that trails without a price does not go at the first", """
        oto a sell 10 100, b buy 0 trail=5 on=mark | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0
        trade a stream 1 10         | a Trade Filled 10/10@100; b Restated Suspended 0/10
        mark 90                     |
        mark 94                     |
        mark 95                     | b Triggered PendingNew 0/10!95; > submit b 10
        """)]
    [InlineData("a late fill of the first enlarges what is held for it", """
        oto a buy 10 100, b sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; b Suspended 0/0!90
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; b Restated Suspended 0/4!90
        seen a stream Canceled 4    | a Canceled 4/10@100
        trade a stream 2 3          | a Trade Canceled 7/10@100; b Restated Suspended 0/7!90
        """)]
    public void One_triggers_the_other(string story, string script) => Play(story, script);

    [Theory]
    [InlineData("filled, then its take-profit works and its stop waits", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 10         | a Trade Filled 10/10@100; t Restated Suspended 0/10@120; t Triggered PendingNew 0/10@120; > submit t 10@120; s Restated Suspended 0/10!90
        seen t reply New 0          | t New 0/10@120
        trade t stream 2 3 120      | t Trade PartiallyFilled 3/10@120; s Restated Suspended 0/7!90
        trade t stream 3 7 120      | t Trade Filled 10/10@120; s Canceled 0/7!90
        """)]
    [InlineData("the stop fires while the take-profit rests: canceled first, then the stop for what is left", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 10         | a Trade Filled 10/10@100; t Restated Suspended 0/10@120; t Triggered PendingNew 0/10@120; > submit t 10@120; s Restated Suspended 0/10!90
        seen t reply New 0          | t New 0/10@120
        last 90                     | t PendingCancel 0/10@120; > cancel t
        trade t stream 2 3 120      | t Trade PendingCancel 3/10@120; s Restated Suspended 0/7!90
        seen t stream Canceled 3    | t Canceled 3/10@120; s Triggered PendingNew 0/7!90; > submit s 7
        trade s stream 3 7 89       | s Trade Filled 7/7!90
        """)]
    [InlineData("the stop fires while the first still fills: the take-profit never goes", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; t Restated Suspended 0/4@120; s Restated Suspended 0/4!90
        last 89                     | t Canceled 0/4@120; a PendingCancel 4/10@100; > cancel a
        trade a stream 2 1          | a Trade PendingCancel 5/10@100; s Restated Suspended 0/5!90
        seen a stream Canceled 5    | a Canceled 5/10@100; s Triggered PendingNew 0/5!90; > submit s 5
        """)]
    [InlineData("the first is canceled after a part: both protect it", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; t Restated Suspended 0/4@120; s Restated Suspended 0/4!90
        cancel a                    | a PendingCancel 4/10@100; > cancel a
        seen a stream Canceled 4    | a Canceled 4/10@100; t Triggered PendingNew 0/4@120; > submit t 4@120
        last 90                     | t PendingCancel 0/4@120
        """)]
    [InlineData("the first ends unfilled: nothing is to be done", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        refused a ExchangeRefused   | a Rejected 0/10@100 ExchangeRefused; t Canceled 0/0@120; s Canceled 0/0!90
        """)]
    [InlineData("a cancel of one leg is one of the other, and not of the first", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100; t Restated Suspended 0/4@120; s Restated Suspended 0/4!90
        cancel t                    | t Canceled 0/4@120; s Canceled 0/4!90
        trade a stream 2 6          | a Trade Filled 10/10@100
        """)]
    [InlineData("the stop is refused: the market closes what it protected", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 10         | a Trade Filled 10/10@100; t Restated Suspended 0/10@120; t Triggered PendingNew 0/10@120; > submit t 10@120; s Restated Suspended 0/10!90
        seen t reply New 0          | t New 0/10@120
        trade t stream 2 3 120      | t Trade PartiallyFilled 3/10@120; s Restated Suspended 0/7!90
        last 90                     | t PendingCancel 3/10@120; > cancel t
        seen t stream Canceled 3    | t Canceled 3/10@120; s Triggered PendingNew 0/7!90; > submit s 7
        refused s ExchangeRefused   | s Rejected 0/7!90 ExchangeRefused; e-80000003-0 PendingNew 0/7; > submit e-80000003-0 7
        """)]
    [InlineData("the take-profit is refused: the stop stays", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 10         | a Trade Filled 10/10@100; t Restated Suspended 0/10@120; t Triggered PendingNew 0/10@120; > submit t 10@120; s Restated Suspended 0/10!90
        refused t ExchangeRefused   | t Rejected 0/10@120 ExchangeRefused
        last 90                     | s Triggered PendingNew 0/10!90; > submit s 10
        """)]
    [InlineData("over a restart of the engine and a lost session", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        trade a stream 1 10         | a Trade Filled 10/10@100; t Restated Suspended 0/10@120; t Triggered PendingNew 0/10@120; > submit t 10@120; s Restated Suspended 0/10!90
        restart                     |
        session 2                   | t Unknown 0/10@120
        last 90                     | t PendingCancel Unknown 0/10@120
        restart                     |
        up 2                        | > resolve t; > gather 4
        seen t query New 0          | t New 0/10@120; t PendingCancel 0/10@120; > cancel t
        end 4 complete              |
        seen t stream Canceled 0    | t Canceled 0/10@120; s Triggered PendingNew 0/10!90; > submit s 10
        """)]
    [InlineData("an order of a list cannot be given another quantity, and its children not be changed", """
        filters amend               |
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | a PendingNew 0/10@100; > submit a 10@100; t Suspended 0/0@120; s Suspended 0/0!90
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a cancel rejected ReplaceNotPossible
        amend t price=121           | t cancel rejected ReplaceNotPossible
        amend a price=99            | a PendingReplace 0/10@100; > amend a 10@99
        """)]
    public void A_bracket(string story, string script) => Play(story, script);

    // What differs from a list that is right, and what that makes of it.
    [Theory]
    [InlineData("""
        oco a sell 10 110, b sell 9 stop=90           | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110, b buy 10 stop=110          | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110, a sell 10 stop=90          | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110, b sell 10 90               | a Rejected 0/10@110 ListMalformed
        oco a sell 10 mkt, b sell 10 stop=90          | a Rejected 0/10 ListMalformed
        oco a sell 10 110 ioc, b sell 10 stop=90      | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110 fok, b sell 10 stop=90      | a Rejected 0/10@110 ListMalformed
        oco a sell 10 stop=90, b sell 10 stop=90      | a Rejected 0/10!90 ListMalformed
        oco a sell 10 110 post, b sell 10 stop=90     | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110 long, b sell 10 stop=90     | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110, b sell 10 stop=90, c sell 10 stop=90 | a Rejected 0/10@110 ListMalformed
        oco a sell 10 110, b sell 10 stop=100         | a Rejected 0/10@110 WouldTriggerAtOnce
        oto a buy 10 100, b buy 0 110                 | a Rejected 0/10@100 ListMalformed
        oto a buy 10 100, b sell 5 110                | a Rejected 0/10@100 ListMalformed
        oto a buy 10 100, b sell 0 mkt                | a Rejected 0/10@100 ListMalformed
        oto a buy 10 100, b sell 0 110 show=5         | a Rejected 0/10@100 ListMalformed
        oto a buy 10 100, b sell 0 -1                 | a Rejected 0/10@100 PriceNotPositive
        bracket a buy 10 100, t sell 0 120            | a Rejected 0/10@100 ListMalformed
        bracket a buy 10 100, t sell 0 120, s sell 0 90 | a Rejected 0/10@100 ListMalformed
        bracket a buy 10 100, t sell 0 take=120, s sell 0 stop=90 | a Rejected 0/10@100 ListMalformed
        bracket a buy 10 100, t sell 0 120, a sell 0 stop=90 | a Rejected 0/10@100 ListMalformed
        bracket a buy 10 100, t sell 0 120, t sell 0 stop=90 | a Rejected 0/10@100 ListMalformed
        bracket a buy 10 100, t sell 0 120, s buy 0 stop=110 | a Rejected 0/10@100 ListMalformed
        bracket a buy 10 106, t sell 0 120, s sell 0 stop=90 | a Rejected 0/10@106 PriceOutsideCollar
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 gtd=0 | a Rejected 0/10@100 TimeInForceNotAllowed
        """)]
    public void Legs_belong_together(string script) => Play("lists", script);

    [Theory]
    [InlineData("a pair reserves once, for the dearer of its legs", """
        oco a buy 10 90, b buy 10 stop=104 | Reserved USDT 998910+1090
        trade a stream 1 4 90       | Filled BTC 1000004+0; Filled USDT 998986+654; Position 4 cost 360 pnl 0
        seen a stream Canceled 4    |
        last 104                    |
        trade b stream 2 6 104      | Filled BTC 1000010+0; Filled USDT 999016+0; Position 10 cost 984 pnl 0
        """)]
    [InlineData("once the dearer leg has ended, the other reserves what it needs itself", """
        oco a buy 10 95, b buy 10 90 stop=104 | Reserved USDT 999050+950
        seen a reply Canceled 0     | Released USDT 999100+900
        """)]
    [InlineData("a pair of sales reserves what is sold, once", """
        oco a sell 10 110, b sell 10 stop=90 | Reserved BTC 999990+10
        cancel b                    |
        seen a reply Canceled 0     | Released BTC 1000000+0
        """)]
    [InlineData("a bracket reserves for its first order, then what that bought, once", """
        bracket a buy 10 100, t sell 0 120, s sell 0 stop=90 | Reserved USDT 999000+1000
        trade a stream 1 4          | Filled BTC 1000004+0; Filled USDT 999000+600; Position 4 cost 400 pnl 0
        seen a stream Canceled 4    | Released USDT 999600+0
        last 90                     |
        seen t reply Canceled 0     |
        trade s stream 2 4 90       | Filled BTC 1000000+0; Filled USDT 999960+0; Position 0 cost 0 pnl -40
        """)]
    [InlineData("a change of one leg reserves for the other as well", """
        filters amend               |
        oco a buy 10 90, b buy 10 stop=104 | Reserved USDT 998910+1090
        seen a reply New 0          |
        amend b stop=110            | Reserved USDT 998850+1150
        amend a price=91            |
        seen a reply New 0 10@91    |
        amend b stop=101            | Released USDT 998940+1060
        """)]
    public void Legs_reserve_once(string story, string script)
    {
        Desk desk = Desk.Trading();
        desk.Last(Desk.Toy, 100);
        _ = desk.Take();
        Script.Holds(desk, story, script, Script.IsOfMoney);
    }

    [Fact]
    public void A_pair_that_its_dearer_leg_makes_too_dear_is_refused() => Script.Holds(
        Priced(),
        "funds",
        """
        buy x 995 100               | x PendingNew 0/995@100; > submit x 995@100
        on btc                      |
        oto y buy 90000000 50000, z sell 0 52000 | y Rejected 0/90000000@50000 NotionalAboveLimit
        on toy                      |
        limit instrument notional=1000 |
        oco a buy 10 90, b buy 10 stop=104 | a Rejected 0/10@90 NotionalAboveLimit
        """,
        Script.IsOfOrders,
        isNamed: true);

    private static void Play(string story, string script) =>
        Script.Holds(Priced(), story, script, Script.IsOfOrders, isNamed: true);

    private static Desk Priced()
    {
        Desk desk = Desk.Trading();
        desk.Last(Desk.Toy, 100);
        _ = desk.Take();
        return desk;
    }
}
