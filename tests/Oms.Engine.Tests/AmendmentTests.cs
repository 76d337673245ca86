namespace Oms.Engine.Tests;

/// <summary>Orders that are changed in place, and orders that take the place of others.</summary>
public sealed class AmendmentTests
{
    [Theory]
    [InlineData("asked, and made", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        seen a reply New 0 12@100   | a Replaced New 0/12@100
        amend a price=99            | a PendingReplace 0/12@100; > amend a 12@99
        seen a stream New 0 12@99   | a Replaced New 0/12@99
        seen a query New 0 12@99    |
        """)]
    [InlineData("where an exchange only makes orders smaller", """
        filters reduce              |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=11         | a cancel rejected ReplaceNotPossible
        amend a price=99            | a cancel rejected ReplaceNotPossible
        amend a price=99 quantity=8 | a cancel rejected ReplaceNotPossible
        amend a quantity=8          | a PendingReplace 0/10@100; > amend a 8@100
        seen a stream New 0 8@100   | a Replaced New 0/8@100
        amend a price=100 quantity=7 | a PendingReplace 0/8@100; > amend a 7@100
        seen a reply New 0 7@100    | a Replaced New 0/7@100
        """)]
    [InlineData("not in every state, and not of every exchange", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        amend a quantity=12         | a cancel rejected ReplaceNotPossible
        filters amend               |
        amend a quantity=12         | a cancel rejected ReplaceNotPossible
        unknown a                   | a Unknown 0/10@100; > resolve a
        amend a quantity=12         | a cancel rejected ReplaceNotPossible
        seen a query New 0          | a New 0/10@100
        amend a stop=90             | a cancel rejected ReplaceNotPossible
        amend a quantity=-1         | a cancel rejected TermsContradictory
        amend a price=-1            | a cancel rejected TermsContradictory
        amend a quantity=11         | a PendingReplace 0/10@100; > amend a 11@100
        amend a quantity=12         | a cancel rejected ReplaceNotPossible
        cancel a                    | a PendingCancel 0/10@100; > cancel a
        amend a quantity=13         | a cancel rejected ReplaceNotPossible
        seen a reply Canceled 0     | a Canceled 0/10@100
        amend a quantity=13         | a cancel rejected OrderAlreadyFinal
        amend b quantity=13         | b cancel rejected OrderUnknown
        as bravo                    |
        amend a quantity=13         | a cancel rejected OrderUnknown
        """)]
    [InlineData("the ladder is climbed by what is more", """
        filters amend               |
        limit instrument position=20 notional=2000 |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=21         | a cancel rejected NotionalAboveLimit
        amend a price=106           | a cancel rejected PriceOutsideCollar
        buy b 10                    | b PendingNew 0/10@100; > submit b 10@100
        amend a quantity=11         | a cancel rejected PositionAboveLimit
        limit instrument notional=1000 |
        amend a price=101           | a cancel rejected NotionalAboveLimit
        amend a price=99            | a PendingReplace 0/10@100; > amend a 10@99
        """)]
    [InlineData("refused: as before", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        amend-refused a ExchangeRefused | a cancel rejected ExchangeRefused; a Restated New 0/10@100; > resolve a
        amend-refused a ExchangeRefused |
        amend a quantity=13         | a PendingReplace 0/10@100; > amend a 13@100
        """)]
    [InlineData("of unknown outcome: the exchange's terms say what became of it", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        amend-refused a ConnectorDown | a cancel rejected ConnectorDown; > resolve a
        seen a stream New 0 10@100  |
        seen a query New 0 10@100   | a Restated New 0/10@100
        amend a quantity=13         | a PendingReplace 0/10@100; > amend a 13@100
        amend-refused a ConnectorDown | a cancel rejected ConnectorDown; > resolve a
        seen a query New 0 13@100   | a Replaced New 0/13@100
        """)]
    [InlineData("an answer that may be older than the change settles nothing", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        seen a query New 0 10@100   |
        seen a reply New 0 12@100   | a Replaced New 0/12@100
        """)]
    [InlineData("its session is lost: asked for, and settled by the answer", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        session 2                   |
        up 2                        | > resolve a; > gather 4
        seen a query New 0 12@100   | a Replaced New 0/12@100
        end 4 complete              |
        amend a quantity=11         | a PendingReplace 0/12@100; > amend a 11@100
        session 3                   |
        up 3                        | > resolve a; > gather 5
        seen a query New 0 12@100   | a Restated New 0/12@100
        """)]
    [InlineData("a fill races it: the larger of both is open until it is settled", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        trade a stream 1 10         | a Trade PendingReplace 10/10@100
        seen a reply PartiallyFilled 10 12@100 | a Replaced PartiallyFilled 10/12@100
        trade a stream 2 2          | a Trade Filled 12/12@100
        """)]
    [InlineData("filled before it could be made", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        trade a stream 1 10         | a Trade PendingReplace 10/10@100
        amend-refused a ExchangeOrderUnknown | a cancel rejected ExchangeOrderUnknown; a Restated Filled 10/10@100; > resolve a
        """)]
    [InlineData("filled before it could be made, and said so first", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        seen a stream Filled 10     | > resolve a
        trade a stream 1 10         | a Trade PendingReplace 10/10@100; a Restated Filled 10/10@100
        amend-refused a ExchangeOrderUnknown |
        """)]
    [InlineData("made smaller than what had filled: the exchange has ended it", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=5          | a PendingReplace 0/10@100; > amend a 5@100
        trade a stream 1 5          | a Trade PendingReplace 5/10@100
        seen a stream Filled 5 5@100 | a Replaced Filled 5/5@100
        """)]
    [InlineData("at or below what is filled it cancels the rest", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        trade a stream 1 4          | a Trade PartiallyFilled 4/10@100
        amend a quantity=4          | a PendingCancel 4/10@100; > cancel a
        """)]
    [InlineData("canceled while it is on its way; a refused cancel finds it there again", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        cancel a                    | a PendingCancel 0/10@100; > cancel a
        cancel-refused a ExchangeRefused | a cancel rejected ExchangeRefused; a Restated PendingReplace 0/10@100; > resolve a
        seen a reply New 0 12@100   | a Replaced New 0/12@100
        """)]
    [InlineData("canceled while it is on its way; who is asked shows neither: it is on its way still", """
        filters amend               |
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=12         | a PendingReplace 0/10@100; > amend a 12@100
        cancel a                    | a PendingCancel 0/10@100; > cancel a
        seen a query New 0          | a Restated PendingReplace 0/10@100
        seen a reply New 0 12@100   | a Replaced New 0/12@100
        """)]
    [InlineData("what a held order waits for, and what it asks", """
        last 100                    |
        sell a 10 94 stop=95        | a Suspended 0/10@94!95
        amend a stop=97             | a Replaced Suspended 0/10@94!97
        amend a quantity=5 price=95 | a Replaced Suspended 0/5@95!97
        amend a stop=101            | a cancel rejected WouldTriggerAtOnce
        last 98                     |
        last 97                     | a Triggered PendingNew 0/5@95!97; > submit a 5@95
        """)]
    [InlineData("an iceberg never shows more than it is", """
        filters amend               |
        buy a 10 100 show=8         | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        amend a quantity=5          | a PendingReplace 0/10@100; > amend a 5@100
        seen a reply New 0 5@100    | a Replaced New 0/5@100
        """)]
    [InlineData("an order is not changed to meet another of its owner", """
        group 5                     |
        filters amend               |
        buy a 10 99                 | a PendingNew 0/10@99; > submit a 10@99
        seen a reply New 0          | a New 0/10@99
        as bravo                    |
        group 5                     |
        sell b 10 101               | b PendingNew 0/10@101; > submit b 10@101
        seen b reply New 0          | b New 0/10@101
        amend b price=99            | b cancel rejected SelfTrade
        amend b price=100           | b PendingReplace 0/10@101; > amend b 10@100
        as alpha                    |
        amend a price=100           | a cancel rejected SelfTrade
        as bravo                    |
        amend-refused b ExchangeRefused | b cancel rejected ExchangeRefused; b Restated New 0/10@101; > resolve b
        as alpha                    |
        amend a price=100           | a PendingReplace 0/10@99; > amend a 10@100
        """)]
    public void A_change_at_the_exchange(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Theory]
    [InlineData("until the exchange has answered, the larger of both is reserved", """
        filters amend               |
        buy a 10                    | Reserved USDT 999000+1000
        seen a reply New 0          |
        amend a quantity=12 price=99 | Reserved USDT 998800+1200
        seen a reply New 0 12@99    | Released USDT 998812+1188
        amend a quantity=5          |
        seen a reply New 0 5@99     | Released USDT 999505+495
        amend a price=102           | Reserved USDT 999490+510
        amend-refused a ExchangeRefused | Released USDT 999505+495
        cancel a                    |
        seen a reply Canceled 0     | Released USDT 1000000+0
        """)]
    [InlineData("funds for what is more", """
        filters amend               |
        buy a 900 100               | Reserved USDT 910000+90000
        buy b 900 100               | Reserved USDT 820000+180000
        seen a reply New 0          |
        sell c 999995               |
        amend a quantity=1000       | Reserved USDT 810000+190000
        """)]
    public void A_change_is_reserved_for(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfMoney);

    [Theory]
    [InlineData("canceled, then placed", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        replace a b buy 12 101      | b OrderStatus Suspended 0/12@101
        replace a b buy 13 101      | b Rejected 0/13@101 DuplicateClientOrderId
        seen a stream Canceled 0    | a Canceled 0/10@100; b Triggered PendingNew 0/12@101; > submit b 12@101
        seen b reply New 0          | b New 0/12@101
        replace b c buy 12 100      | c Suspended 0/12@100; b PendingCancel 0/12@101; > cancel b
        """)]
    [InlineData("too late: filled before it could be canceled", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        trade a stream 1 10         | a Trade Filled 10/10@100; b Rejected 0/12@101 OrderAlreadyFinal
        cancel-refused a ExchangeOrderUnknown |
        """)]
    [InlineData("the cancel is refused: the other is not placed, and not later either", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        cancel-refused a ExchangeRefused | a cancel rejected ExchangeRefused; a Restated New 0/10@100; b Rejected 0/12@101 ReplaceNotPossible; > resolve a
        cancel a                    | a PendingCancel 0/10@100; > cancel a
        seen a stream Canceled 0    | a Canceled 0/10@100
        """)]
    [InlineData("a lost cancel is sent again", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        seen a query New 0          | > cancel a
        seen a query Canceled 0     | a Canceled 0/10@100; b Triggered PendingNew 0/12@101; > submit b 12@101
        """)]
    [InlineData("canceled, and the other refused: by risk, by the exchange", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        filters lot=5               |
        seen a stream Canceled 0    | a Canceled 0/10@100; b Rejected 0/12@101 QuantityOffLot
        filters                     |
        buy c 10                    | c PendingNew 0/10@100; > submit c 10@100
        seen c reply New 0          | c New 0/10@100
        replace c d buy 12 101      | d Suspended 0/12@101; c PendingCancel 0/10@100; > cancel c
        seen c stream Canceled 0    | c Canceled 0/10@100; d Triggered PendingNew 0/12@101; > submit d 12@101
        refused d ExchangeRefused   | d Rejected 0/12@101 ExchangeRefused
        """)]
    [InlineData("canceled by hand meanwhile: neither is placed", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        cancel a                    | a PendingCancel 0/10@100; b Canceled 0/12@101
        seen a stream Canceled 0    | a Canceled 0/10@100
        """)]
    [InlineData("what is not held, not live, elsewhere or replaced already", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        replace x b buy 12          | b Rejected 0/12@100 OrderUnknown
        on btc                      |
        replace a b buy 12 50000    | b Rejected 0/12@50000 ReplaceNotPossible
        on toy                      |
        last 100                    |
        replace a b sell 12 stop=95 | b Rejected 0/12!95 TermsContradictory
        replace a b buy 12 106      | b Rejected 0/12@106 PriceOutsideCollar
        replace a b buy 12          | b Suspended 0/12@100; a PendingCancel 0/10@100
        replace a c buy 12          | c Rejected 0/12@100 ReplaceNotPossible
        as bravo                    |
        replace a d buy 12          | d Rejected 0/12@100 OrderUnknown
        as alpha                    |
        seen a reply Expired 0      | a Expired 0/10@100; b Rejected 0/12@100 OrderAlreadyFinal
        replace a e buy 12          | e Rejected 0/12@100 OrderAlreadyFinal
        """)]
    [InlineData("the session is lost between", """
        buy a 10                    | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0          | a New 0/10@100
        replace a b buy 12 101      | b Suspended 0/12@101; a PendingCancel 0/10@100; > cancel a
        session 2                   |
        up 2                        | > resolve a; > gather 4
        seen a query New 0          | > cancel a
        end 4 complete              |
        seen a stream Canceled 0    | a Canceled 0/10@100; b Triggered PendingNew 0/12@101; > submit b 12@101
        """)]
    [InlineData("a stop that is held is replaced at once", """
        last 100                    |
        sell a 10 stop=95           | a Suspended 0/10!95
        replace a b sell 10 105     | b Suspended 0/10@105; a Canceled 0/10!95; b Triggered PendingNew 0/10@105; > submit b 10@105
        last 90                     |
        """)]
    public void An_order_in_the_place_of_another(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Fact]
    public void An_order_in_the_place_of_another_reserves_when_its_turn_comes() => Script.Holds(
        Desk.Trading(),
        "reservations",
        """
        buy a 10                    | Reserved USDT 999000+1000
        seen a reply New 0          |
        replace a b buy 12 101      |
        seen a stream Canceled 0    | Reserved USDT 998788+1212
        refused b ExchangeRefused   | Released USDT 1000000+0
        """,
        Script.IsOfMoney);
}
