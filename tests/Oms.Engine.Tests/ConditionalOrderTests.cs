using CsCheck;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>What waits for a price, and when it goes.</summary>
public sealed class ConditionalOrderTests
{
    // Placed at 100. A stop goes through its price against the position, a take-profit in favour of it; each
    // watches its own price, and the best one is the ask of a buy and the bid of a sale.
    private const string Triggers =
    """
    order                          price seen    | goes
    sell a 10 stop=95              last 96       | no
    sell a 10 stop=95              last 95       | market
    sell a 10 stop=95              last 90       | market
    sell a 10 stop=95              mark 90       | no
    sell a 10 stop=95              top 90 91     | no
    sell a 10 94 stop=95           last 95       | limit
    buy a 10 stop=105              last 104      | no
    buy a 10 stop=105              last 105      | market
    buy a 10 stop=105              last 110      | market
    buy a 10 106 stop=105          last 105      | limit
    sell a 10 take=105             last 104      | no
    sell a 10 take=105             last 105      | market
    sell a 10 104 take=105         last 106      | limit
    buy a 10 take=95               last 96       | no
    buy a 10 take=95               last 95       | market
    buy a 10 96 take=95            last 94       | limit
    sell a 10 stop=95 on=mark      mark 96       | no
    sell a 10 stop=95 on=mark      mark 95       | market
    sell a 10 stop=95 on=mark      last 95       | no
    buy a 10 stop=105 on=mark      mark 105      | market
    buy a 10 take=95 on=mark       mark 95       | market
    sell a 10 take=105 on=mark     mark 105      | market
    sell a 10 stop=95 on=best      top 96 97     | no
    sell a 10 stop=95 on=best      top 95 120    | market
    sell a 10 stop=95 on=best      last 95       | no
    buy a 10 stop=105 on=best      top 80 104    | no
    buy a 10 stop=105 on=best      top 80 105    | market
    buy a 10 take=95 on=best       top 80 95     | market
    buy a 10 take=95 on=best       top 80 96     | no
    sell a 10 take=105 on=best     top 105 120   | market
    sell a 10 take=105 on=best     top 104 120   | no
    sell a 10 stop=95 on=best      top 0 0       | no
    sell a 10 stop=95 on=best      top 90 0      | no
    sell a 10 stop=95 on=best      top 95 94     | no
    sell a 10 stop=95              last 0        | no
    sell a 10 stop=95              last -1       | no
    sell a 10 trail=5              last 96       | no
    sell a 10 trail=5              last 95       | market
    buy a 10 trail=5               last 105      | market
    buy a 10 trail=5               last 104      | no
    """;

    public static IEnumerable<TheoryDataRow<string>> Rows() =>
        Triggers.Split('\n').Skip(1).Select(line => new TheoryDataRow<string>(line));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_held_order_goes_at_its_price(string row)
    {
        string order = row[..31].Trim();
        string price = row[31..45].Trim();
        string goes = row.Split('|')[1].Trim();
        Desk desk = Watching();
        string script = $"{order}|\n{price}|";

        string said = Script.Play(desk, script, kind => kind == MessageKind.SubmitOrder, isNamed: true);

        string limit = order.Split(' ')[3];
        string submitted = goes switch
        {
            "market" => "> submit a 10",
            "limit" => $"> submit a 10@{limit}",
            _ => "",
        };
        Assert.Equal(submitted, said.Split('\n')[1].Split('|')[1].Trim());
        Assert.Equal(1, desk.Engine.View.LiveOrders);
    }

    [Theory]
    [InlineData("held, then let go", """
        sell a 10 stop=95   | a Suspended 0/10!95
        last 96             |
        last 95             | a Triggered PendingNew 0/10!95; > submit a 10
        last 80             |
        seen a reply New 0  | a New 0/10!95
        trade a stream 1 10 80 | a Trade Filled 10/10!95
        """)]
    [InlineData("of several the next to go first, of equal ones the oldest", """
        sell a 1 stop=90    | a Suspended 0/1!90
        sell b 1 stop=95    | b Suspended 0/1!95
        sell c 1 stop=95    | c Suspended 0/1!95
        sell d 1 stop=80    | d Suspended 0/1!80
        last 85             | b Triggered PendingNew 0/1!95; > submit b 1; c Triggered PendingNew 0/1!95; > submit c 1; a Triggered PendingNew 0/1!90; > submit a 1
        """)]
    [InlineData("buys and sales that wait for the best price do not wait for each other", """
        sell a 1 take=105 on=best | a Suspended 0/1!105
        buy b 1 stop=107 on=best  | b Suspended 0/1!107
        top 104 108               | b Triggered PendingNew 0/1!107; > submit b 1
        top 105 109               | a Triggered PendingNew 0/1!105; > submit a 1
        """)]
    [InlineData("reached when it comes, or its price not known: refused", """
        sell a 1 stop=100         | a Rejected 0/1!100 WouldTriggerAtOnce
        sell a 1 stop=105         | a Rejected 0/1!105 WouldTriggerAtOnce
        buy a 1 stop=95           | a Rejected 0/1!95 WouldTriggerAtOnce
        buy a 1 take=100          | a Rejected 0/1!100 WouldTriggerAtOnce
        on bnb                    |
        sell a 1000 stop=990000   | a Rejected 0/1000!990000 WouldTriggerAtOnce
        sell a 1000 trail=1000    | a Rejected 0/1000 WouldTriggerAtOnce
        """)]
    [InlineData("a trailing sale follows up and never back, on the tick that is farther", """
        filters tick=5            |
        sell a 10 trail=7         | a Suspended 0/10!90
        last 101                  |
        last 103                  |
        last 102                  |
        cancel a                  | a Canceled 0/10!95
        sell b 10 trail=7         | b Suspended 0/10!95
        last 200                  |
        last 192                  |
        last 190                  | b Triggered PendingNew 0/10!190; > submit b 10
        """)]
    [InlineData("a trailing buy follows down and never back", """
        buy a 10 trail=7          | a Suspended 0/10!107
        last 98                   |
        last 104                  |
        last 105                  | a Triggered PendingNew 0/10!105; > submit a 10
        """)]
    [InlineData("a trailing stop starts where its client says", """
        sell a 10 trail=5 stop=90 | a Suspended 0/10!90
        last 94                   |
        last 96                   |
        last 91                   | a Triggered PendingNew 0/10!91; > submit a 10
        """)]
    [InlineData("a trailing stop below nothing stands at a tick", """
        sell a 10 trail=500       | a Suspended 0/10!1
        last 1                    | a Triggered PendingNew 0/10!1; > submit a 10
        """)]
    [InlineData("fired while the account is being reconciled: it goes when the gate opens", """
        sell a 10 stop=95         | a Suspended 0/10!95
        up 1                      | > gather 4
        last 95                   |
        last 99                   |
        end 4 complete            | a Triggered PendingNew 0/10!95; > submit a 10
        """)]
    [InlineData("fired while disconnected: it goes when the gate opens, unless it was canceled", """
        sell a 10 stop=95         | a Suspended 0/10!95
        sell b 10 stop=95         | b Suspended 0/10!95
        down 1                    |
        last 95                   |
        cancel b                  | b Canceled 0/10!95
        up 1                      | > gather 4
        end 4 complete            | a Triggered PendingNew 0/10!95; > submit a 10
        """)]
    [InlineData("refused when its turn comes: by the filters, the funds, the reference price", """
        sell a 10 94 stop=95      | a Suspended 0/10@94!95
        filters tick=5            |
        last 95                   | a Rejected 0/10@94!95 PriceOffTick
        filters                   |
        sell b 10 stop=90         | b Suspended 0/10!90
        filters closed            |
        last 90                   | b Rejected 0/10!90 InstrumentNotTradable
        filters                   |
        buy c 10 stop=105         | c Suspended 0/10!105
        later 6000                |
        last 105                  | c Rejected 0/10!105 ReferencePriceStale
        """)]
    [InlineData("an exit is not refused for want of a fresh book", """
        sell a 10 stop=95         | a Suspended 0/10!95
        later 6000                |
        last 95                   | a Triggered PendingNew 0/10!95; > submit a 10
        """)]
    [InlineData("sent once, whatever prices do", """
        sell a 10 stop=95         | a Suspended 0/10!95
        last 95                   | a Triggered PendingNew 0/10!95; > submit a 10
        last 100                  |
        last 90                   |
        unknown a                 | a Unknown 0/10!95; > resolve a
        last 80                   |
        absent a                  | a Rejected 0/10!95 NeverReachedExchange
        last 70                   |
        """)]
    [InlineData("evidence of an order that is held is believed, and it no longer waits", """
        sell a 10 stop=95         | a Suspended 0/10!95
        seen a stream New 0       | a New 0/10!95
        last 90                   |
        cancel a                  | a PendingCancel 0/10!95; > cancel a
        seen a stream Canceled 0  | a Canceled 0/10!95
        """)]
    [InlineData("reports about an order that was never sent are none", """
        sell a 10 stop=95         | a Suspended 0/10!95
        refused a ExchangeRefused |
        unknown a                 |
        absent a                  |
        cancel-refused a ExchangeRefused |
        last 95                   | a Triggered PendingNew 0/10!95; > submit a 10
        """)]
    [InlineData("what is held survives a restart, in its order", """
        sell a 1 stop=95          | a Suspended 0/1!95
        sell b 1 stop=95          | b Suspended 0/1!95
        sell c 1 trail=4          | c Suspended 0/1!96
        restart                   |
        last 101                  |
        last 95                   | c Triggered PendingNew 0/1!97; > submit c 1; a Triggered PendingNew 0/1!95; > submit a 1; b Triggered PendingNew 0/1!95; > submit b 1
        """)]
    public void What_is_said_of_held_orders(string story, string script) =>
        Script.Holds(Watching(), story, script, Script.IsOfOrders, isNamed: true);

    [Fact]
    public void Held_orders_go_as_a_list_of_them_would_say() => Gen.Select(
        Gen.Select(Gen.Int[1, 2], Gen.Int[0, 1], Gen.Int[1, 3], Gen.Int[81, 119]).Array[1, 40],
        Gen.Select(Gen.Int[0, 2], Gen.Int[80, 120], Gen.Int[80, 120]).Array[1, 30])
        .Sample(
            (orders, moves) =>
            {
                Desk desk = Watching();
                var waiting = new List<ExecutionReport>();
                foreach ((int side, int isTake, int source, int stop) in orders)
                {
                    ExecutionReport report = desk.Place(Conditional(desk, side, isTake, source, stop));
                    if (report.ExecutionType == ExecutionType.Suspended)
                    {
                        waiting.Add(report);
                    }
                }

                foreach ((int kind, int first, int second) in moves)
                {
                    _ = desk.Take();
                    Move(desk, kind, Math.Min(first, second), Math.Max(first, second));
                    HashSet<long> gone =
                    [
                        .. desk.Output.Where(said => MessageBytes.Header(said).Kind == MessageKind.SubmitOrder)
                            .Select(said => MessageBytes.As<SubmitOrder>(said).OrderId.Value),
                    ];
                    HashSet<long> expected = [.. waiting.Where(order => Goes(order.Terms, kind, first, second))
                        .Select(order => order.OrderId.Value)];
                    Assert.Equal(expected.Order(), gone.Order());
                    _ = waiting.RemoveAll(order => gone.Contains(order.OrderId.Value));
                }
            },
            iter: 300);

    /// <summary>Every price is 100, and orders without number find funds.</summary>
    private static Desk Watching()
    {
        Desk desk = Desk.Trading();
        desk.Last(Desk.Toy, 100);
        desk.Mark(Desk.Toy, 100);
        _ = desk.Take();
        return desk;
    }

    private static PlaceOrder Conditional(Desk desk, int side, int isTake, int source, int stop)
    {
        PlaceOrder order = Say.Place(Desk.Alpha, Desk.Toy, $"c{desk.Inputs.Count}", (Side)side, 0, 1);
        return order with
        {
            Terms = order.Terms with
            {
                Type = isTake == 1 ? OrderType.TakeProfit : OrderType.Stop,
                TriggerSource = (TriggerSource)source,
                StopPrice = stop,
            },
        };
    }

    private static void Move(Desk desk, int kind, int low, int high)
    {
        switch (kind)
        {
            case 0:
                desk.Last(Desk.Toy, low);
                break;
            case 1:
                desk.Mark(Desk.Toy, low);
                break;
            default:
                desk.Top(Desk.Toy, low, high);
                break;
        }
    }

    private static bool Goes(in OrderTerms terms, int kind, int first, int second)
    {
        if ((int)terms.TriggerSource != kind + 1)
        {
            return false;
        }

        long price = kind == 2 && terms.IsBuy ? Math.Max(first, second) : Math.Min(first, second);
        bool isRising = terms.IsBuy == (terms.Type == OrderType.Stop);
        return isRising ? price >= terms.StopPrice : price <= terms.StopPrice;
    }
}
