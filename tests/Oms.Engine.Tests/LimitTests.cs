using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>
/// Every limit, at its edge, with what it does not stop: cancels, and orders that only make a position
/// smaller. Alpha and Bravo hold 1000000 USDT and 1000000 BTC, worth 500 each in the valuation; the toy is at
/// 100, and so is the perpetual that Delta trades.
/// </summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("notional of one order, of the account and of the instrument", """
        limit account notional=1000      |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        buy b 11                         | b Rejected 0/11@100 NotionalAboveLimit
        buy b 10 101                     | b Rejected 0/10@101 NotionalAboveLimit
        limit instrument notional=500    |
        buy c 6                          | c Rejected 0/6@100 NotionalAboveLimit
        buy d 5                          | d PendingNew 0/5@100; > submit d 5@100
        """)]
    [InlineData("quantity of one order", """
        limit instrument quantity=10     |
        buy a 11                         | a Rejected 0/11@100 QuantityAboveLimit
        buy b 10                         | b PendingNew 0/10@100; > submit b 10@100
        """)]
    [InlineData("quantity of a position, with what is open at worst", """
        limit instrument position=10     |
        buy a 6                          | a PendingNew 0/6@100; > submit a 6@100
        buy b 5                          | b Rejected 0/5@100 PositionAboveLimit
        buy c 4                          | c PendingNew 0/4@100; > submit c 4@100
        sell d 10                        | d PendingNew 0/10@100; > submit d 10@100
        sell e 1                         | e Rejected 0/1@100 PositionAboveLimit
        trade a stream 1 6               | a Trade Filled 6/6@100
        refused c ExchangeRefused        | c Rejected 0/4@100 ExchangeRefused
        buy f 5                          | f Rejected 0/5@100 PositionAboveLimit
        buy g 4                          | g PendingNew 0/4@100; > submit g 4@100
        unknown g                        | g Unknown 0/4@100; > resolve g
        buy h 1                          | h Rejected 0/1@100 PositionAboveLimit
        absent g                         | g Rejected 0/4@100 NeverReachedExchange
        buy i 4                          | i PendingNew 0/4@100; > submit i 4@100
        """)]
    [InlineData("quantity of a position: of spot, what may only reduce buys nothing back", """
        limit instrument position=10     |
        sell a 6                         | a PendingNew 0/6@100; > submit a 6@100
        trade a stream 1 6               | a Trade Filled 6/6@100
        sell b 6 reduce                  | b PendingNew 0/6@100; > submit b 6@100 reduce
        buy c 17                         | c Rejected 0/17@100 PositionAboveLimit
        buy d 16                         | d PendingNew 0/16@100; > submit d 16@100
        """)]
    [InlineData("value of the positions of an account, over instruments", """
        limit account value=2000         |
        buy a 15                         | a PendingNew 0/15@100; > submit a 15@100
        on btc                           |
        buy b 100000 50000               | b PendingNew 0/100000@50000; > submit b 100000@50000
        buy c 1000 50000                 | c Rejected 0/1000@50000 PositionValueAboveLimit
        cancel b                         | b PendingCancel 0/100000@50000
        seen b reply New 0               | > cancel b
        """)]
    [InlineData("value of one instrument's position", """
        limit instrument value=1000      |
        buy a 11                         | a Rejected 0/11@100 PositionValueAboveLimit
        buy b 10                         | b PendingNew 0/10@100; > submit b 10@100
        """)]
    [InlineData("value of all that is held", """
        limit account balance=1000000000 |
        buy a 1                          | a Rejected 0/1@100 ValuationMissing
        limit account                    |
        buy b 1                          | b PendingNew 0/1@100; > submit b 1@100
        as delta                         |
        on perp                          |
        limit account balance=999999     |
        buy c 1                          | c Rejected 0/1@100 BalanceValueAboveLimit
        limit account balance=1000000    |
        buy d 1                          | d PendingNew 0/1@100; > submit d 1@100
        """)]
    [InlineData("leverage", """
        as delta                         |
        on perp                          |
        limit account leverage=10        |
        buy a 1000                       | a PendingNew 0/1000@100; > submit a 1000@100
        buy b 1                          | b Rejected 0/1@100 LeverageAboveLimit
        """)]
    [InlineData("orders that live at once", """
        limit account orders=2           |
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        buy b 1                          | b PendingNew 0/1@100; > submit b 1@100
        buy c 1                          | c Rejected 0/1@100 OpenOrdersAboveLimit
        replace a d buy 1                | d Suspended 0/1@100; a PendingCancel 0/1@100
        seen a reply Canceled 0          | a Canceled 0/1@100; d Triggered PendingNew 0/1@100; > submit d 1@100
        buy e 1                          | e Rejected 0/1@100 OpenOrdersAboveLimit
        trade d stream 1 1               | d Trade Filled 1/1@100
        oto f buy 1, g sell 0 110        | f Rejected 0/1@100 OpenOrdersAboveLimit
        sell h 1 100                     | h PendingNew 0/1@100; > submit h 1@100
        sell i 1 100 reduce              | i PendingNew 0/1@100; > submit i 1@100 reduce
        """)]
    [InlineData("orders in a window that moves with each of them", """
        limit account rate=2 window=1000 |
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        later 400                        |
        buy b 1                          | b PendingNew 0/1@100; > submit b 1@100
        later 599                        |
        buy c 1                          | c Rejected 0/1@100 OrderRateAboveLimit
        later 1                          |
        buy d 1                          | d PendingNew 0/1@100; > submit d 1@100
        later 399                        |
        buy e 1                          | e Rejected 0/1@100 OrderRateAboveLimit
        later 1                          |
        buy f 1                          | f PendingNew 0/1@100; > submit f 1@100
        cancel f                         | f PendingCancel 0/1@100
        sell g 1 reduce                  | g PendingNew 0/1@100; > submit g 1@100 reduce
        """)]
    [InlineData("a changed window forgets no order", """
        limit account rate=3 window=1000 |
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        buy b 1                          | b PendingNew 0/1@100; > submit b 1@100
        limit account rate=2 window=1000 |
        buy c 1                          | c Rejected 0/1@100 OrderRateAboveLimit
        limit account rate=4 window=1000 |
        buy d 1                          | d PendingNew 0/1@100; > submit d 1@100
        buy e 1                          | e PendingNew 0/1@100; > submit e 1@100
        buy f 1                          | f Rejected 0/1@100 OrderRateAboveLimit
        """)]
    [InlineData("an order that takes the place of another counts as one", """
        limit account rate=2 window=1000 |
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        seen a reply New 0               | a New 0/1@100
        replace a b buy 2                | b Suspended 0/2@100; a PendingCancel 0/1@100; > cancel a
        seen a reply Canceled 0          | a Canceled 0/1@100; b Triggered PendingNew 0/2@100; > submit b 2@100
        buy c 3                          | c Rejected 0/3@100 OrderRateAboveLimit
        """)]
    [InlineData("the same order an instant later", """
        limit account same=1000          |
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        buy b 1                          | b Rejected 0/1@100 DuplicateOrder
        buy c 2                          | c PendingNew 0/2@100; > submit c 2@100
        buy d 1 101                      | d PendingNew 0/1@101; > submit d 1@101
        sell e 1                         | e PendingNew 0/1@100; > submit e 1@100
        later 999                        |
        buy f 1                          | f Rejected 0/1@100 DuplicateOrder
        later 1                          |
        buy g 1                          | g PendingNew 0/1@100; > submit g 1@100
        as bravo                         |
        buy h 1                          | h PendingNew 0/1@100; > submit h 1@100
        """)]
    [InlineData("the log is behind", """
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        behind                           |
        buy b 1                          | b Rejected 0/1@100 LogBehind
        replace a c buy 1                | c Rejected 0/1@100 LogBehind
        cancel a                         | a PendingCancel 0/1@100
        caught-up                        |
        buy d 1                          | d PendingNew 0/1@100; > submit d 1@100
        """)]
    [InlineData("what a group holds together", """
        group 5                          |
        as bravo                         |
        group 5                          |
        limit group=5 value=2000         |
        buy a 15                         | a PendingNew 0/15@100; > submit a 15@100
        as alpha                         |
        buy b 6                          | b Rejected 0/6@100 GroupValueAboveLimit
        buy c 5                          | c PendingNew 0/5@100; > submit c 5@100
        group 0                          |
        buy d 20                         | d PendingNew 0/20@100; > submit d 20@100
        as bravo                         |
        buy e 5                          | e PendingNew 0/5@100; > submit e 5@100
        buy f 1                          | f Rejected 0/1@100 GroupValueAboveLimit
        """)]
    [InlineData("what the firm holds", """
        limit firm value=2000            |
        buy a 15                         | a PendingNew 0/15@100; > submit a 15@100
        as bravo                         |
        buy b 6                          | b Rejected 0/6@100 FirmValueAboveLimit
        buy c 5                          | c PendingNew 0/5@100; > submit c 5@100
        as alpha                         |
        trade a stream 1 15              | a Trade Filled 15/15@100
        buy d 1                          | d Rejected 0/1@100 FirmValueAboveLimit
        sell e 15                        | e PendingNew 0/15@100; > submit e 15@100
        trade e stream 2 15              | e Trade Filled 15/15@100
        as bravo                         |
        buy f 15                         | f PendingNew 0/15@100; > submit f 15@100
        """)]
    [InlineData("a limit of a group of nobody, of nothing, or below zero limits nothing", """
        limit group=0 value=1            |
        limit group=9 value=1            |
        limit account rate=-5 window=9 same=-1 value=-1 loss=-1 orders=-1 |
        buy a 15                         | a PendingNew 0/15@100; > submit a 15@100
        buy b 15                         | b PendingNew 0/15@100; > submit b 15@100
        """)]
    [InlineData("a value that is not known stops what adds to it, and nothing else", """
        limit account value=1000000      |
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        trade a stream 1 1               | a Trade Filled 1/1@100
        later 10                         |
        top 0 0                          |
        on btc                           |
        buy b 1000 50000                 | b Rejected 0/1000@50000 ValuationMissing
        on toy                           |
        later 10                         |
        last 100                         |
        on btc                           |
        buy c 1000 50000                 | c PendingNew 0/1000@50000; > submit c 1000@50000
        """)]
    [InlineData("a value that is not known of another account stops what its group and its firm limit together", """
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        trade a stream 1 1               | a Trade Filled 1/1@100
        later 10                         |
        top 0 0                          |
        group 5                          |
        as bravo                         |
        on btc                           |
        buy b 1000 50000                 | b PendingNew 0/1000@50000; > submit b 1000@50000
        limit group=5 value=1000000      |
        buy c 1000 50000                 | c PendingNew 0/1000@50000; > submit c 1000@50000
        group 5                          |
        buy d 1000 50000                 | d Rejected 0/1000@50000 ValuationMissing
        group 0                          |
        buy e 1000 50000                 | e PendingNew 0/1000@50000; > submit e 1000@50000
        limit firm value=1000000         |
        buy f 1000 50000                 | f Rejected 0/1000@50000 ValuationMissing
        restart                          |
        buy g 1000 50000                 | g Rejected 0/1000@50000 ValuationMissing
        on toy                           |
        later 10                         |
        last 100                         |
        on btc                           |
        buy h 1000 50000                 | h PendingNew 0/1000@50000; > submit h 1000@50000
        """)]
    [InlineData("no limit stops an order that only makes a position smaller", """
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        limit account notional=1 orders=1 rate=1 window=1000 same=1000 value=1 balance=1 |
        limit instrument notional=1 quantity=1 position=1 value=1 |
        limit firm value=1               |
        buy b 1                          | b Rejected 0/1@100 NotionalAboveLimit
        sell c 4                         | c PendingNew 0/4@100; > submit c 4@100
        sell d 4                         | d PendingNew 0/4@100; > submit d 4@100
        sell e 3                         | e Rejected 0/3@100 NotionalAboveLimit
        sell f 3 reduce                  | f PendingNew 0/3@100; > submit f 3@100 reduce
        filters lot=2                    |
        sell g 1                         | g Rejected 0/1@100 QuantityOffLot
        filters tick=3                   |
        sell h 2 reduce                  | h Rejected 0/2@100 PriceOffTick
        cancel c                         | c PendingCancel 0/4@100
        """)]
    public void A_limit_stops_what_breaks_it(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Fact]
    public void Limits_that_somebody_set_are_answered_and_an_older_version_changes_nothing() => Script.Holds(
        Desk.Trading(),
        "versions",
        """
        limit account orders=1 version=2 | limits Account hold 2
        limit account orders=9 version=1 | limits Account hold 2
        buy a 1                          | a PendingNew 0/1@100; > submit a 1@100
        buy b 1                          | b Rejected 0/1@100 OpenOrdersAboveLimit
        limit account orders=1 version=2 | limits Account hold 2
        limit account orders=2 version=3 | limits Account hold 3
        buy c 1                          | c PendingNew 0/1@100; > submit c 1@100
        limit firm value=5 version=1     | limits Firm hold 1
        buy d 1                          | d Rejected 0/1@100 FirmValueAboveLimit
        limit group group=77 version=1   | limits Group unknown 1
        limit account                    |
        """,
        kind => Script.IsOfOrders(kind) || kind == MessageKind.LimitsChanged,
        isNamed: true);

    // Losses count from midnight UTC; 1700000000 is 22:13:20, 6400 seconds before it.
    [Theory]
    [InlineData("a mark that moves between fills", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        later 10                         |
        top 91 91                        |
        buy b 1 91                       | b PendingNew 0/1@91; > submit b 1@91
        later 10                         |
        mark 90                          | Account Halted LossLimit; b PendingCancel 0/1@91; > resolve b; > gather 4
        buy c 1 91                       | c Rejected 0/1@91 Halted
        sell d 10 90 reduce              | d PendingNew 0/10@90; > submit d 10@90 reduce
        """)]
    [InlineData("realised, by one order more", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        sell b 10 96                     | b PendingNew 0/10@96; > submit b 10@96
        trade b stream 2 10 90           | b Trade Filled 10/10@96; Account Halted LossLimit; > gather 4
        end 4 complete                   | Account Confirmed LossLimit
        """)]
    [InlineData("fees", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 5 100 99 USDT   | a Trade PartiallyFilled 5/10@100
        trade a stream 2 5 100 1 USDT    | a Trade Filled 10/10@100; Account Halted LossLimit; > gather 4
        """)]
    [InlineData("fees in another asset, as worth when paid", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 5 100 9999 BNB  | a Trade PartiallyFilled 5/10@100
        buy b 1                          | b Rejected 0/1@100 ValuationMissing
        sell c 5                         | c PendingNew 0/5@100; > submit c 5@100
        """)]
    [InlineData("a price that comes too soon after another is valued when its time has come", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        later 10                         |
        mark 99                          |
        mark 80                          |
        after 9                          |
        after 1                          | Account Halted LossLimit; > gather 4
        """)]
    [InlineData("and where several do, with all of them: what one loses another gains", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        on btc                           |
        sell b 200000 50000              | b PendingNew 0/200000@50000; > submit b 200000@50000
        trade b stream 2 200000 50000    | b Trade Filled 200000/200000@50000
        later 10                         |
        mark 50000                       |
        on toy                           |
        mark 99                          |
        mark 80                          |
        on btc                           |
        mark 40000                       |
        after 10                         |
        mark 50000                       |
        after 10                         | Account Halted LossLimit; > gather 4
        """)]
    [InlineData("losses of yesterday do not count, and a halt stays", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        later 10                         |
        mark 91                          |
        later 6399960                    |
        top 91 91                        | > gather 4; > gather 5; > gather 6
        later 10                         |
        mark 90                          | Account Halted LossLimit; > gather 7
        after 20                         |
        top 91 91                        |
        buy b 1 91                       | b Rejected 0/1@91 Halted
        resume account                   | Account Resumed Command
        buy c 1 91                       | c PendingNew 0/1@91; > submit c 1@91
        later 20                         |
        mark 81                          |
        later 20                         |
        mark 80                          | Account Halted LossLimit; c PendingCancel 0/1@91; > resolve c; > gather 8
        """)]
    [InlineData("resumed while the loss is there: halted again at the next look", """
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        later 10                         |
        mark 80                          | Account Halted LossLimit; > gather 4
        resume account                   | Account Resumed Command
        top 80 80                        |
        buy b 1 80                       | b Rejected 0/1@80 LossAboveLimit
        later 20                         |
        mark 80                          | Account Halted LossLimit; > gather 5
        """)]
    public void A_loss_of_the_day_halts_its_account(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Theory]
    [InlineData("funding", """
        as delta                         |
        on perp                          |
        limit account loss=100           |
        buy a 10                         | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 10              | a Trade Filled 10/10@100
        funding 1 -60                    |
        funding 1 -60                    |
        funding 2 10                     |
        funding 3 -50                    | Account Halted LossLimit; > gather 4
        """)]
    [InlineData("a price of the quote asset moves what is gained in it", """
        on bnb                           |
        limit account loss=100           |
        buy a 100000000 1000000          | a PendingNew 0/100000000@1000000; > submit a 100000000@1000000
        trade a stream 1 100000000 1000000 500 USDT | a Trade Filled 100000000/100000000@1000000; Account Halted LossLimit; > gather 4
        """)]
    public void A_loss_halts_whatever_it_comes_from(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    // Group 5 may be worth 2000; the lead divides it.
    [Theory]
    [InlineData("the lead grants what is left, answers a repeated request alike, and takes back once", """
        group 5                          |
        limit group=5 value=2000         |
        buy a 5                          |
        ask-part 1 5 1 1000              | granted 1000
        ask-part 1 5 1 1000              | granted 1000
        ask-part 2 5 1 1000              | granted 500
        ask-part 2 5 2 1000              | granted 0
        buy b 1                          |
        take-part 1 5 2 300              |
        take-part 1 5 2 300              |
        ask-part 2 5 3 1000              | granted 300
        take-part 1 5 3 701              |
        take-part 1 5 4 700              |
        ask-part 2 5 4 1000              | granted 700
        ask-part 2 5 3 1000              |
        """)]
    [InlineData("of a limit that is not set, of itself, or of no shard, the lead grants nothing", """
        ask-part 1 0 1 1000              | granted 0
        limit firm value=500             |
        ask-part 0 0 1 1000              |
        ask-part 256 0 1 1000            |
        ask-part -1 0 1 1000             |
        ask-part 1 9 1 1000              |
        ask-part 1 0 2 -5                |
        get-part 0 0 9 1000              |
        give-part 0 0 9 1000             |
        ask-part 1 0 2 1000              | granted 500
        """)]
    [InlineData("while it is not known how much of it is used, nothing is granted and nothing given back", """
        limit firm value=2000            |
        buy a 5                          |
        trade a stream 1 5               |
        later 10                         |
        top 0 0                          |
        ask-part 1 0 1 1000              | granted 0
        shard 3                          |
        get-part 3 0 1 1000              |
        give-part 3 0 2 1000             | returned 0
        later 10                         |
        last 100                         |
        give-part 3 0 3 1000             | returned 500
        """)]
    [InlineData("another shard has what it was granted, gives back what it does not use, and repeats itself", """
        shard 3                          |
        limit firm value=2000            |
        buy a 1                          |
        get-part 3 0 1 1000              |
        get-part 3 0 1 1000              |
        get-part 4 0 2 1000              |
        buy b 6                          |
        give-part 3 0 2 1000             | returned 400
        give-part 3 0 2 1000             | returned 400
        give-part 3 0 3 1000             | returned 0
        ask-part 1 0 1 1000              |
        take-part 3 0 9 1000             |
        """)]
    public void A_limit_over_shards_is_divided(string story, string script) => Script.Holds(
        Desk.Trading(),
        story,
        script,
        kind => kind is MessageKind.AllotmentDecided or MessageKind.AllotmentReturned,
        isNamed: true);

    [Fact]
    public void A_shard_checks_its_own_part() => Script.Holds(
        Desk.Trading(),
        "a part that was granted",
        """
        shard 3                          |
        limit firm value=2000            |
        buy a 1                          | a Rejected 0/1@100 FirmValueAboveLimit
        get-part 3 0 1 1000              |
        buy b 10                         | b PendingNew 0/10@100; > submit b 10@100
        buy c 1                          | c Rejected 0/1@100 FirmValueAboveLimit
        get-part 3 0 2 100               |
        buy d 1                          | d PendingNew 0/1@100; > submit d 1@100
        """,
        Script.IsOfOrders,
        isNamed: true);
}
