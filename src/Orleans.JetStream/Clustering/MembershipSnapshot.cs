using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Clustering;

/// <summary>
/// A table as it was read, and which version of its record it was: none where there is no table.
/// </summary>
internal sealed record MembershipSnapshot(RecordVersion? Record, MembershipDocument Document)
{
    private const string NoRecordETag = "0";

    public TableVersion Version => new(Document.Version, Record?.ToETag() ?? NoRecordETag);
}
