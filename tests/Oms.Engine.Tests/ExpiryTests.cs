using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Orders;

namespace Oms.Engine.Tests;

/// <summary>Orders whose time runs out, wherever they are.</summary>
public sealed class ExpiryTests
{
    [Theory]
    [InlineData("at the exchange: canceled by us, and expired whoever was first", """
        buy a 10 gtd=1000       | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0      | a New 0/10@100
        after 999               |
        after 1                 | a PendingCancel 0/10@100; > cancel a
        seen a stream Canceled 0 | a Expired 0/10@100
        buy b 10 gtd=1000       | b PendingNew 0/10@100; > submit b 10@100
        seen b reply New 0      | b New 0/10@100
        seen b stream Expired 0 | b Expired 0/10@100
        after 2000              |
        """)]
    [InlineData("held: nobody is asked, and its price comes too late", """
        last 100                |
        sell a 10 94 stop=95 gtd=1000 | a Suspended 0/10@94!95
        later 1000              |
        last 95                 | a Expired 0/10@94!95
        """)]
    [InlineData("let go before, it expires at the exchange", """
        last 100                |
        sell a 10 94 stop=95 gtd=1000 | a Suspended 0/10@94!95
        last 95                 | a Triggered PendingNew 0/10@94!95; > submit a 10@94
        seen a reply New 0      | a New 0/10@94!95
        after 1000              | a PendingCancel 0/10@94!95; > cancel a
        """)]
    [InlineData("a fill races it", """
        buy a 10 gtd=1000       | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0      | a New 0/10@100
        after 1000              | a PendingCancel 0/10@100; > cancel a
        trade a stream 1 4      | a Trade PendingCancel 4/10@100
        seen a stream Canceled 4 | a Expired 4/10@100
        """)]
    [InlineData("its cancel is refused: asked again each second until it has ended", """
        buy a 10 gtd=1000       | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0      | a New 0/10@100
        after 1000              | a PendingCancel 0/10@100; > cancel a
        cancel-refused a ExchangeOverloaded | a cancel rejected ExchangeOverloaded; a Restated New 0/10@100; > resolve a
        after 1000              | a PendingCancel 0/10@100; > cancel a
        cancel-refused a ExchangeOrderUnknown | a cancel rejected ExchangeOrderUnknown; a Restated New 0/10@100; > resolve a
        trade a query 1 10      | a Trade Filled 10/10@100
        after 5000              |
        """)]
    [InlineData("of unknown outcome: canceled when it is seen", """
        buy a 10 gtd=1000       | a PendingNew 0/10@100; > submit a 10@100
        unknown a               | a Unknown 0/10@100; > resolve a
        after 1000              | a PendingCancel Unknown 0/10@100
        seen a query New 0      | a New 0/10@100; a PendingCancel 0/10@100; > cancel a
        seen a stream Canceled 0 | a Expired 0/10@100
        """)]
    [InlineData("several at once, in the order of their times", """
        buy a 1 gtd=3000        | a PendingNew 0/1@100; > submit a 1@100
        buy b 1 gtd=1000        | b PendingNew 0/1@100; > submit b 1@100
        buy c 1 gtd=2000        | c PendingNew 0/1@100; > submit c 1@100
        buy d 1 gtd=1000        | d PendingNew 0/1@100; > submit d 1@100
        cancel c                | c PendingCancel 0/1@100
        seen c reply Canceled 0 | c Canceled 0/1@100
        restart                 |
        after 9000              | b PendingCancel 0/1@100; d PendingCancel 0/1@100; a PendingCancel 0/1@100
        """)]
    [InlineData("matched here: gone before another could trade with it", """
        as papa                 |
        on paper                |
        sell a 10 100 gtd=1000  | a New 0/10@100
        as quebec               |
        later 999               |
        buy b 1 100             | b New 0/1@100; a Trade PartiallyFilled 1/10@100; b Trade Filled 1/1@100
        later 1                 |
        buy c 5 100             | a Expired 1/10@100; c New 0/5@100
        """)]
    [InlineData("without a tick: any input that comes later is enough", """
        buy a 10 gtd=1000       | a PendingNew 0/10@100; > submit a 10@100
        seen a reply New 0      | a New 0/10@100
        later 1000              |
        buy b 10                | a PendingCancel 0/10@100; > cancel a; b PendingNew 0/10@100; > submit b 10@100
        """)]
    public void An_order_ends_with_its_time(string story, string script) =>
        Script.Holds(Desk.Trading(), story, script, Script.IsOfOrders, isNamed: true);

    [Fact]
    public void The_queue_is_a_sorted_list_of_what_lives() => Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 15], Gen.Int[0, 50]).Array[1, 300].Sample(
        steps =>
        {
            OrderStore orders = FilledStore(16);
            var queue = new ExpiryQueue(orders);
            var model = new SortedDictionary<(long UnixNanos, int Slot), bool>();
            foreach ((int verb, int slot, int time) in steps)
            {
                (long, int)[] known = [.. model.Keys.Where(key => key.Slot == slot)];
                switch (verb)
                {
                    case 0 or 1:
                        queue.Set(slot, time);
                        Array.ForEach(known, key => model.Remove(key));
                        model.Add((time, slot), true);
                        break;
                    case 2:
                        queue.Remove(slot);
                        Array.ForEach(known, key => model.Remove(key));
                        break;
                    default:
                        // Those that are due, or the queue as it was saved.
                        AssertTaken(queue, model, time);
                        queue = Saved(queue, orders);
                        break;
                }

                Assert.Equal(model.Count, queue.Count);
            }

            AssertTaken(queue, model, 1000);
        },
        iter: 300);

    private static void AssertTaken(
        ExpiryQueue queue, SortedDictionary<(long UnixNanos, int Slot), bool> model, long now)
    {
        while (queue.TryTakeDue(now, out int slot))
        {
            (long unixNanos, int first) = model.Keys.First();
            Assert.Equal(first, slot);
            Assert.True(unixNanos <= now);
            Assert.True(model.Remove((unixNanos, first)));
        }

        Assert.DoesNotContain(model.Keys, key => key.UnixNanos <= now);
    }

    private static ExpiryQueue Saved(ExpiryQueue queue, OrderStore orders)
    {
        var restored = new ExpiryQueue(orders);
        restored.Restore(queue.Items.ToArray());
        return restored;
    }

    private static OrderStore FilledStore(int count)
    {
        var orders = new OrderStore();
        orders.Grow(count);
        for (int number = 1; number <= count; number++)
        {
            // Slots are taken in the order of numbers: equal times end in that order.
            int slot = orders.Take();
            Assert.Equal(number - 1, slot);
            orders[slot] = new OrderState
            {
                OrderId = OrderId.Of(0, 1, number),
                ClientOrderId = Say.ClientId($"o{number}"),
                Status = OrderStatus.New,
            };
            orders.Hold(slot);
        }

        return orders;
    }
}
