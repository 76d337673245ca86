using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Gateway.Orders;
using Oms.Journal;

namespace Oms.Gateway.Events;

/// <summary>
/// The executions of some accounts as the log has them, each from behind a sequence of its own.
/// </summary>
/// <param name="afterSequences">By account, the last sequence that is not wanted.</param>
/// <param name="afterLogSequence">An event of the log before everything that is wanted.</param>
internal sealed class ExecutionReplay(
    string logFolder,
    OrderView orders,
    FrozenDictionary<AccountId, long> afterSequences,
    long afterLogSequence) : IDisposable
{
    private readonly LogReader _log = LogReader.After(logFolder, afterLogSequence);

    /// <summary>The last event that was looked at.</summary>
    public long LastLogSequence { get; private set; } = afterLogSequence;

    /// <summary>The next execution that is wanted; false when none is left up to the given event.</summary>
    public bool TryRead(long upToLogSequence, [NotNullWhen(true)] out ExecutionUpdate? update)
    {
        update = null;
        while (LastLogSequence < upToLogSequence && _log.TryRead(out LogRecord record))
        {
            ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
            if (!MessageKinds.IsEvent(header.Kind) || header.LogSequence <= LastLogSequence)
            {
                continue;
            }

            LastLogSequence = header.LogSequence;
            if (afterSequences.TryGetValue(header.AccountId, out long after)
                && header.AccountSequence > after
                && TryUpdate(record.Message, out update))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _log.Dispose();

    private bool TryUpdate(ReadOnlySpan<byte> message, [NotNullWhen(true)] out ExecutionUpdate? update)
    {
        update = null;
        MessageKind kind = MessageBytes.Header(message).Kind;
        if (kind == MessageKind.ExecutionReport)
        {
            ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(message);
            OrderRecord? known = orders.Find(report.OrderId);
            update = ExecutionUpdate.Of(in report, OrderRecord.After(in report, known, 0));
        }
        else if (kind == MessageKind.CancelRejected)
        {
            ref readonly CancelRejected report = ref MessageBytes.As<CancelRejected>(message);
            update = ExecutionUpdate.Of(in report, ExecutionUpdate.OrderNamed(in report, orders));
        }

        return update is not null;
    }
}
