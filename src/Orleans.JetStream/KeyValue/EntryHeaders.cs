using NATS.Client.Core;

namespace Orleans.JetStream.KeyValue;

/// <summary>The message headers that entries of a bucket carry.</summary>
internal static class EntryHeaders
{
    /// <summary>Key-value's own mark of a deleted entry, known to every client of it.</summary>
    public const string Operation = "KV-Operation";

    public const string OperationDelete = "DEL";

    public const string OperationPurge = "PURGE";

    /// <summary>
    /// Who made this entry: tells one's own repeated write from a rival's with the same message id.
    /// </summary>
    public const string Writer = "Orleans-Writer";

    private const string Rollup = "Nats-Rollup";
    private const string RollupSubject = "sub";

    /// <summary>The headers of a tombstone: an entry that says that there is none.</summary>
    public static NatsHeaders Tombstone() => new()
    {
        [Operation] = OperationPurge,
        [Rollup] = RollupSubject,
    };
}
