using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Silo.Text;

namespace Oms.Silo.Streams;

/// <summary>The subjects of one account's events; those of what it trades are made once.</summary>
internal sealed class AccountSubjects(AccountName account)
{
    private readonly Dictionary<(MessageKind Kind, bool IsTrade, InstrumentId Instrument), string> _known = [];

    /// <inheritdoc cref="EventSubjects.Of"/>
    public string Of(ReadOnlySpan<byte> message, EventNames names)
    {
        if (KeyOf(message) is not { } key)
        {
            return EventSubjects.Of(message, account, names);
        }

        if (!_known.TryGetValue(key, out string? subject))
        {
            subject = EventSubjects.Of(message, account, names);
            _known.Add(key, subject);
        }

        return subject;
    }

    /// <summary>Null for what may name an instrument that does not exist: there is no end of those.</summary>
    private static (MessageKind Kind, bool IsTrade, InstrumentId Instrument)? KeyOf(ReadOnlySpan<byte> message)
    {
        MessageKind kind = MessageBytes.Header(message).Kind;
        if (kind == MessageKind.PositionChanged)
        {
            return (kind, false, MessageBytes.As<PositionChanged>(message).InstrumentId);
        }

        if (kind != MessageKind.ExecutionReport)
        {
            return null;
        }

        ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(message);
        return report.RejectReason == RejectReason.None
            ? (kind, report.ExecutionType == ExecutionType.Trade, report.InstrumentId)
            : null;
    }
}
