using System.Diagnostics.CodeAnalysis;
using Oms.Bench.Workloads;

namespace Oms.Bench.Engine;

/// <summary>
/// A book as one writes it with ordinary collections: a sorted dictionary of levels per side, a linked list
/// of orders per level, and a dictionary of orders by id. It does what the workload asks, and nothing else.
/// </summary>
internal sealed class OrdinaryBook
{
    private readonly SortedDictionary<long, Level> _bids = new(new Descending());
    private readonly SortedDictionary<long, Level> _asks = [];
    private readonly Dictionary<long, LinkedListNode<Order>> _orders = [];

    public int OrderCount => _orders.Count;

    public IEnumerable<(long Price, long Quantity)> Levels(int side) =>
        LevelsOf(side).Select(level => (level.Key, level.Value.Quantity));

    /// <summary>What was left of the order; 0 when it does not rest.</summary>
    public long Cancel(long orderId)
    {
        if (!_orders.Remove(orderId, out LinkedListNode<Order>? node))
        {
            return 0;
        }

        Order order = node.Value;
        SortedDictionary<long, Level> levels = LevelsOf(order.Side);
        Level level = levels[order.Price];
        level.Quantity -= order.Quantity;
        level.Orders.Remove(node);
        if (level.Orders.Count == 0)
        {
            _ = levels.Remove(order.Price);
        }

        return order.Quantity;
    }

    /// <summary>Matches an order, and rests the remainder of an add.</summary>
    /// <returns>What is left of it.</returns>
    public long Place(in WorkloadCommand command, EventBuffer events)
    {
        long leaves = Match(command, events);
        if (leaves > 0 && command.Kind == CommandKind.Add)
        {
            Rest(new Order(command.Id, command.Side, command.Price) { Quantity = leaves });
        }

        return leaves;
    }

    private SortedDictionary<long, Level> LevelsOf(int side) => side == 0 ? _bids : _asks;

    private long Match(in WorkloadCommand taker, EventBuffer events)
    {
        SortedDictionary<long, Level> makers = LevelsOf(taker.Side ^ 1);
        long leaves = taker.Quantity;
        while (leaves > 0 && TryGetBest(makers, out long price, out Level? level)
            && (taker.Side == 0 ? price <= taker.Price : price >= taker.Price))
        {
            while (leaves > 0 && level.Orders.First is { } node)
            {
                Order maker = node.Value;
                long quantity = Math.Min(leaves, maker.Quantity);
                leaves -= quantity;
                maker.Quantity -= quantity;
                level.Quantity -= quantity;
                if (maker.Quantity == 0)
                {
                    level.Orders.Remove(node);
                    _ = _orders.Remove(maker.Id);
                }

                events.Add(new BookEvent(
                    maker.Id, price, quantity, (uint)taker.Id, taker.Symbol, EventKind.Filled, 0));
            }

            if (level.Orders.Count == 0)
            {
                _ = makers.Remove(price);
            }
        }

        return leaves;
    }

    private static bool TryGetBest(
        SortedDictionary<long, Level> levels, out long price, [NotNullWhen(true)] out Level? level)
    {
        foreach (KeyValuePair<long, Level> best in levels)
        {
            (price, level) = best;
            return true;
        }

        (price, level) = (0, null);
        return false;
    }

    private void Rest(Order order)
    {
        SortedDictionary<long, Level> levels = LevelsOf(order.Side);
        if (!levels.TryGetValue(order.Price, out Level? level))
        {
            levels.Add(order.Price, level = new Level());
        }

        level.Quantity += order.Quantity;
        _orders.Add(order.Id, level.Orders.AddLast(order));
    }

    private sealed class Descending : IComparer<long>
    {
        public int Compare(long x, long y) => y.CompareTo(x);
    }

    private sealed class Level
    {
        public long Quantity { get; set; }

        public LinkedList<Order> Orders { get; } = new();
    }

    private sealed class Order(long id, int side, long price)
    {
        public long Id { get; } = id;

        public int Side { get; } = side;

        public long Price { get; } = price;

        public long Quantity { get; set; }
    }
}
