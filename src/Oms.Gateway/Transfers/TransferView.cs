using System.Collections.Concurrent;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Gateway.Orders;

namespace Oms.Gateway.Transfers;

/// <summary>
/// The newest transfers, by the ids that their clients gave them. The event pump writes, any thread reads.
/// </summary>
internal sealed class TransferView(int transfersMax)
{
    private readonly BoundedHistory<TransferRecord> _history = new(transfersMax);
    private readonly ConcurrentDictionary<Text32, long> _numbers = new();

    public TransferRecord Apply(in TransferReport report)
    {
        Text32 id = report.ClientTransferId;
        if (_numbers.TryGetValue(id, out long number) && _history.Find(number) is { } known)
        {
            // A refusal of another transfer under a known id leaves that one as it is.
            bool isAnother = report.TransferId.IsNone && !known.Report.TransferId.IsNone;
            var changed = new TransferRecord(report, isAnother ? report.Header.UnixNanos : known.CreatedUnixNanos);
            if (!isAnother)
            {
                _history.Replace(number, changed);
            }

            return changed;
        }

        if (_history.NextDisplaced is { } displaced)
        {
            _ = _numbers.TryRemove(displaced.Report.ClientTransferId, out _);
        }

        var added = new TransferRecord(report, report.Header.UnixNanos);
        _numbers[id] = _history.Append(added);
        return added;
    }

    public TransferRecord? Find(Text32 clientTransferId) =>
        _numbers.TryGetValue(clientTransferId, out long number) ? _history.Find(number) : null;

    /// <summary>Those with a number below the given one.</summary>
    public IEnumerable<(long Number, TransferRecord Transfer)> NewestFirst(long below) => _history.NewestFirst(below);
}
