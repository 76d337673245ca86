using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Journal;

namespace Oms.Cli.Records;

/// <summary>Which records are wanted.</summary>
/// <param name="FromRecord">The first.</param>
/// <param name="Kind">Null for all.</param>
/// <param name="Account">Null for all.</param>
internal sealed record RecordFilter(long FromRecord, MessageKind? Kind, AccountId? Account)
{
    public bool Wants(LogRecord record)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
        return record.RecordSequence >= FromRecord
            && (Kind is null || header.Kind == Kind)
            && (Account is null || header.AccountId == Account);
    }
}
