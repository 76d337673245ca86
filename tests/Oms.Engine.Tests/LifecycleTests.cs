using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>What is said of an order, whatever the exchange says and in whatever order it says it.</summary>
public sealed class LifecycleTests
{
    [Theory]
    [InlineData("acknowledged, filled in parts", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        seen a stream New 0      |
        trade a stream 1 4       | Trade PartiallyFilled 4
        seen a stream PartiallyFilled 4 |
        trade a stream 2 6       | Trade Filled 10
        seen a stream Filled 10  |
        """)]
    [InlineData("fill before ack", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        trade a stream 1 4       | Trade PartiallyFilled 4
        seen a reply New 0       |
        trade a stream 2 6       | Trade Filled 10
        seen a reply New 0       |
        """)]
    [InlineData("the same trade by stream, reply and query books once", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        trade a reply 1 4        | Trade PartiallyFilled 4
        trade a stream 1 4       |
        trade a query 1 4        |
        """)]
    [InlineData("fill after cancel is booked and keeps the status", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        cancel a                 | PendingCancel PendingCancel 0; > cancel
        seen a reply Canceled 0  | Canceled Canceled 0
        trade a stream 1 4       | Trade Canceled 4
        trade a stream 2 6       | Trade Filled 10
        """)]
    [InlineData("cancel refused after the fill", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        cancel a                 | PendingCancel PendingCancel 0; > cancel
        trade a stream 1 10      | Trade Filled 10
        cancel-refused a ExchangeOrderUnknown |
        cancel a                 | cancel rejected OrderAlreadyFinal
        """)]
    [InlineData("cancel refused before the fill is seen", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        cancel a                 | PendingCancel PendingCancel 0; > cancel
        cancel-refused a ExchangeOrderUnknown | cancel rejected ExchangeOrderUnknown; Restated New 0; > resolve 0
        trade a query 1 10       | Trade Filled 10
        seen a query Filled 10   |
        """)]
    [InlineData("cancel of a part-filled order that is refused", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        trade a stream 1 4       | Trade PartiallyFilled 4
        cancel a                 | PendingCancel PendingCancel 4; > cancel
        cancel-refused a ConnectorDown | cancel rejected ConnectorDown; Restated PartiallyFilled 4; > resolve 0
        """)]
    [InlineData("late ack after the end", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a stream Expired 0  | Expired Expired 0
        seen a reply New 0       |
        """)]
    [InlineData("over-fill is surfaced", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        trade a stream 1 10      | Trade Filled 10
        trade a stream 2 3       | Trade Filled 13
        """)]
    [InlineData("a final status waits for its fills, asked for once", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a stream Canceled 4 | > resolve 0
        seen a reply Canceled 4  |
        trade a query 1 1        | Trade PartiallyFilled 1
        trade a query 2 3        | Trade PartiallyFilled 4; Canceled Canceled 4
        seen a query Canceled 4  |
        """)]
    [InlineData("filled waits for its fills", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply Filled 10   | > resolve 0
        trade a query 1 10       | Trade Filled 10
        """)]
    [InlineData("refused by the exchange", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        refused a ExchangeInsufficientBalance | Rejected Rejected 0 ExchangeInsufficientBalance
        refused a ExchangeInsufficientBalance |
        """)]
    [InlineData("a refusal after an acknowledgement changes nothing, also while a cancel is pending", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a stream New 0      | New New 0
        refused a ExchangeRefused |
        cancel a                 | PendingCancel PendingCancel 0; > cancel
        refused a ExchangeRefused |
        absent a                 |
        """)]
    [InlineData("rejected by status", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a stream Rejected 0 | Rejected Rejected 0 ExchangeRefused
        """)]
    [InlineData("rejected after it worked has ended all the same", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        seen a stream Rejected 0 | Expired Expired 0
        """)]
    [InlineData("unknown, then proven absent", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        unknown a                | Unknown Unknown 0; > resolve 0
        unknown a                | > resolve 0
        absent a                 | Rejected Rejected 0 NeverReachedExchange
        """)]
    [InlineData("unknown, then found working", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        unknown a                | Unknown Unknown 0; > resolve 0
        seen a query New 0       | New New 0
        """)]
    [InlineData("unknown, then filled", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        unknown a                | Unknown Unknown 0; > resolve 0
        trade a query 1 10       | Trade Filled 10
        seen a query Filled 10   |
        """)]
    [InlineData("unknown after it was seen is only asked for", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a stream New 0      | New New 0
        unknown a                | > resolve 0
        """)]
    [InlineData("cancel before ack is sent when the exchange shows the order", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        cancel a                 | PendingCancel PendingCancel 0
        seen a reply New 0       | > cancel
        seen a reply Canceled 0  | Canceled Canceled 0
        """)]
    [InlineData("cancel while unknown is sent when the order is found", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        unknown a                | Unknown Unknown 0; > resolve 0
        cancel a                 | PendingCancel Unknown 0
        seen a query New 0       | New New 0; PendingCancel PendingCancel 0; > cancel
        """)]
    [InlineData("cancel while unknown of an order that never arrived", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        cancel a                 | PendingCancel PendingCancel 0
        unknown a                | Unknown Unknown 0; > resolve 0
        absent a                 | Rejected Rejected 0 NeverReachedExchange
        """)]
    [InlineData("a wanted cancel of an order whose end is known is not sent", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        cancel a                 | PendingCancel PendingCancel 0
        seen a stream Expired 4  | > resolve 0
        trade a query 1 4        | Trade PendingCancel 4; Expired Expired 4
        """)]
    [InlineData("repeated cancel is answered and sent once", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        cancel a                 | PendingCancel PendingCancel 0
        cancel a                 | PendingCancel PendingCancel 0
        seen a reply New 0       | > cancel
        cancel a                 | PendingCancel PendingCancel 0
        """)]
    [InlineData("a query that finds the order working undoes a lost cancel", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        cancel a                 | PendingCancel PendingCancel 0; > cancel
        seen a query New 0       | Restated New 0
        """)]
    [InlineData("the same client order id", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        seen a reply New 0       | New New 0
        buy a 10                 | OrderStatus New 0
        buy a 11                 | Rejected Rejected 0 DuplicateClientOrderId
        sell a 10                | Rejected Rejected 0 DuplicateClientOrderId
        buy a 10 101             | Rejected Rejected 0 DuplicateClientOrderId
        as bravo                 |
        buy a 11                 | PendingNew PendingNew 0; > submit
        """)]
    [InlineData("two accounts book the same trade id", """
        buy a 10                 | PendingNew PendingNew 0; > submit
        as bravo                 |
        buy a 10                 | PendingNew PendingNew 0; > submit
        trade a stream 1 4       | Trade PartiallyFilled 4
        as alpha                 |
        trade a stream 1 4       | Trade PartiallyFilled 4
        """)]
    [InlineData("cancel of nothing", """
        cancel a                 | cancel rejected OrderUnknown
        """)]
    public void What_is_said_follows_from_what_came(string story, string script)
    {
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders);
    }

    [Fact]
    public void Cancel_of_another_account_does_not_find_the_order()
    {
        Desk desk = Desk.Trading();
        ExecutionReport order =
            desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "a", Domain.Orders.Side.Buy, 100, 10));
        _ = desk.Take();

        desk.Send(Say.Cancel(Desk.Bravo, order.OrderId));

        CancelRejected answer = MessageBytes.As<CancelRejected>(Assert.Single(desk.Output));
        Assert.Equal(Domain.Orders.RejectReason.OrderUnknown, answer.Reason);
        Assert.Equal(78, answer.CorrelationId);
    }

    [Fact]
    public void Trades_of_a_live_order_are_never_forgotten()
    {
        Desk desk = Desk.Trading(fillsRememberedMax: 4);
        ExecutionReport resting =
            desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "resting", Domain.Orders.Side.Buy, 100, 10));
        desk.Send(Say.Trade(in resting, EvidenceSource.Stream, 1, 100, 4));
        for (int trade = 2; trade < 50; trade++)
        {
            ExecutionReport other = desk.Place(
                Say.Place(Desk.Bravo, Desk.Toy, $"other-{trade}", Domain.Orders.Side.Buy, 100, 1));
            desk.Send(Say.Trade(in other, EvidenceSource.Stream, trade, 100, 1));
        }

        _ = desk.Take();
        desk.Send(Say.Trade(in resting, EvidenceSource.Query, 1, 100, 4));

        Assert.Empty(desk.Output);
    }
}
