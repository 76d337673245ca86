using NATS.Client.JetStream.Models;

namespace Orleans.JetStream.KeyValue;

/// <summary>What a bucket is called, and how its stream keeps it.</summary>
internal sealed record BucketSettings
{
    public required string Name { get; init; }

    public required int Replicas { get; init; }

    public required TimeSpan DuplicateWindow { get; init; }

    public bool IsMadeWhereMissing { get; init; } = true;

    public string StreamName => $"KV_{Name}";

    public string SubjectPrefix => $"$KV.{Name}.";

    /// <summary>
    /// The stream behind the bucket: a key-value bucket to every NATS client, with a history of one.
    /// </summary>
    public StreamConfig ToStreamConfig() => new(StreamName, [$"{SubjectPrefix}>"])
    {
        Storage = StreamConfigStorage.File,
        NumReplicas = Replicas,
        MaxMsgsPerSubject = 1,
        Discard = StreamConfigDiscard.New,
        AllowRollupHdrs = true,
        AllowDirect = true,
        DenyDelete = true,
        DuplicateWindow = DuplicateWindow,
    };

    /// <summary>
    /// What in the stream's real configuration would lose entries or break compare-and-swap. An older server
    /// takes what it does not know without a word, and the stream may be someone else's: so it is asked, not
    /// assumed.
    /// </summary>
    public IEnumerable<string> FaultsOf(StreamConfig actual)
    {
        if (actual.Subjects?.Contains($"{SubjectPrefix}>") is not true)
        {
            yield return $"it does not take the subject {SubjectPrefix}>";
        }

        if (actual.MaxAge > TimeSpan.Zero)
        {
            yield return $"its entries expire after {actual.MaxAge}";
        }

        if (actual.Retention != StreamConfigRetention.Limits)
        {
            yield return $"its retention is {actual.Retention}, not {StreamConfigRetention.Limits}";
        }

        if (actual.Discard != StreamConfigDiscard.New)
        {
            yield return "it discards old entries when it is full";
        }

        if (actual.Storage != StreamConfigStorage.File)
        {
            yield return $"it keeps entries in {actual.Storage}, not in files";
        }

        if (actual.NumReplicas < Replicas)
        {
            yield return $"it has {actual.NumReplicas} replicas, not {Replicas}";
        }

        if (actual.DuplicateWindow < DuplicateWindow)
        {
            yield return $"its duplicate window is {actual.DuplicateWindow}, not {DuplicateWindow}";
        }

        if (actual.Sealed || actual.DenyPurge || !actual.AllowRollupHdrs)
        {
            yield return "it is sealed, denies purges or denies roll-ups";
        }
    }
}
