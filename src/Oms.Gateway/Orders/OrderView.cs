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
    private readonly ConcurrentDictionary<AccountId, int> _openCounts = new();
    private readonly ConcurrentDictionary<AccountId, int> _unknownCounts = new();

    /// <summary>The order after the report.</summary>
    /// <param name="isFirst">Whether nothing was known of the order.</param>
    public OrderRecord Apply(in ExecutionReport report, long backNanos, out bool isFirst)
    {
        isFirst = false;
        if (_byOrderId.TryGetValue(report.OrderId, out long number) && _orders.Find(number) is { } before)
        {
            OrderRecord after = OrderRecord.After(in report, before, backNanos);
            _orders.Replace(number, after);
            Count(_openCounts, after.AccountId, (after.IsFinal ? 0 : 1) - (before.IsFinal ? 0 : 1));
            Count(_unknownCounts, after.AccountId, Unknown(after) - Unknown(before));
            return after;
        }

        OrderRecord first = OrderRecord.After(in report, null, backNanos);
        Add(first);
        isFirst = true;
        Count(_openCounts, first.AccountId, first.IsFinal ? 0 : 1);
        Count(_unknownCounts, first.AccountId, Unknown(first));
        return first;
    }

    public OrderRecord? Find(OrderId id) =>
        _byOrderId.TryGetValue(id, out long number) ? _orders.Find(number) : null;

    public OrderRecord? Find(AccountId account, ClientOrderId id) =>
        _byClientOrderId.TryGetValue((account, id), out long number) ? _orders.Find(number) : null;

    /// <summary>What an order trades, named by our id or, where that is none, by the client's; none where it is
    /// not known.</summary>
    public InstrumentId InstrumentOf(AccountId account, OrderId id, ClientOrderId clientOrderId)
    {
        OrderRecord? order = id.IsNone ? Find(account, clientOrderId) : Find(id);
        return order?.AccountId == account ? order.InstrumentId : InstrumentId.None;
    }

    public IEnumerable<(long Number, OrderRecord Order)> NewestFirst(long below) =>
        _orders.NewestFirst(below);

    /// <summary>How many orders of an account are not final.</summary>
    public int OpenCountOf(AccountId account) => _openCounts.GetValueOrDefault(account);

    /// <summary>How many orders of an account have an outcome that is not known.</summary>
    public int UnknownCountOf(AccountId account) => _unknownCounts.GetValueOrDefault(account);

    private static int Unknown(OrderRecord order) => order.Status == OrderStatus.Unknown ? 1 : 0;

    private static void Count(ConcurrentDictionary<AccountId, int> counts, AccountId account, int by)
    {
        if (by != 0)
        {
            counts[account] = counts.GetValueOrDefault(account) + by;
        }
    }

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
