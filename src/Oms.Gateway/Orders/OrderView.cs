using System.Collections.Concurrent;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Gateway.Orders;

/// <summary>
/// The newest orders, by number, by id, and by account and client order id. The event pump writes, any thread
/// reads. A full view forgets the oldest final order; open ones are carried on.
/// </summary>
internal sealed class OrderView(int ordersMax)
{
    private readonly BoundedHistory<OrderRecord> _orders = new(ordersMax);
    private readonly ConcurrentDictionary<OrderId, long> _byOrderId = new();
    private readonly ConcurrentDictionary<(AccountId, ClientOrderId), long> _byClientOrderId = new();

    /// <summary>The order after the report.</summary>
    public OrderRecord Apply(in ExecutionReport report, long backNanos)
    {
        if (_byOrderId.TryGetValue(report.OrderId, out long number) && _orders.Find(number) is { } before)
        {
            OrderRecord after = OrderRecord.After(in report, before, backNanos);
            _orders.Replace(number, after);
            return after;
        }

        OrderRecord first = OrderRecord.After(in report, null, backNanos);
        Add(first);
        return first;
    }

    public OrderRecord? Find(OrderId id) =>
        _byOrderId.TryGetValue(id, out long number) ? _orders.Find(number) : null;

    public OrderRecord? Find(AccountId account, ClientOrderId id) =>
        _byClientOrderId.TryGetValue((account, id), out long number) ? _orders.Find(number) : null;

    public IEnumerable<(long Number, OrderRecord Order)> NewestFirst(long below) =>
        _orders.NewestFirst(below);

    private void Add(OrderRecord order)
    {
        int carried = 0;
        while (_orders.NextDisplaced is { IsFinal: false } open && carried < ordersMax)
        {
            Index(open, _orders.Append(open));
            carried++;
        }

        if (_orders.NextDisplaced is { } displaced)
        {
            Forget(displaced);
        }

        Index(order, _orders.Append(order));
    }

    private void Index(OrderRecord order, long number)
    {
        _byOrderId[order.OrderId] = number;
        // Another order's id that was tried again stays that order's.
        if (order.RejectReason != RejectReason.DuplicateClientOrderId)
        {
            _byClientOrderId[(order.AccountId, order.ClientOrderId)] = number;
        }
    }

    private void Forget(OrderRecord order)
    {
        if (_byOrderId.TryRemove(order.OrderId, out long number))
        {
            _ = _byClientOrderId.TryRemove(new((order.AccountId, order.ClientOrderId), number));
        }
    }
}
