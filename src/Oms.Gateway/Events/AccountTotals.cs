using System.Collections.Concurrent;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Gateway.Events;

/// <summary>What happened on an account since the log begins. The event pump counts, any thread reads.</summary>
internal sealed class AccountTotals
{
    private readonly ConcurrentDictionary<RejectReason, long> _rejects = new();
    private long _orders;
    private long _fills;
    private long _cancels;

    /// <summary>Accepted by FastPath.</summary>
    public long Orders => Volatile.Read(ref _orders);

    public long Fills => Volatile.Read(ref _fills);

    public long Cancels => Volatile.Read(ref _cancels);

    /// <summary>Orders refused by FastPath or by the exchange, by reason.</summary>
    public IEnumerable<KeyValuePair<RejectReason, long>> Rejects => _rejects;

    /// <param name="isFirst">Whether nothing was reported of the order before.</param>
    public void Count(in ExecutionReport report, bool isFirst)
    {
        if (report.ExecutionType == ExecutionType.Rejected)
        {
            _ = _rejects.AddOrUpdate(report.RejectReason, 1, (_, count) => count + 1);
        }
        else if (isFirst)
        {
            Volatile.Write(ref _orders, _orders + 1);
        }

        if (report.ExecutionType == ExecutionType.Trade)
        {
            Volatile.Write(ref _fills, _fills + 1);
        }
        else if (report.ExecutionType == ExecutionType.Canceled)
        {
            Volatile.Write(ref _cancels, _cancels + 1);
        }
    }
}
