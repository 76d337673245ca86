using System.Globalization;
using System.Text;
using System.Text.Json;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Clustering;

/// <summary>Where a cluster's members lie in a bucket.</summary>
/// <remarks>
/// <code>
/// m.{cluster}          the table, version and rows: JetStream compares and swaps one key, so it is one key
/// a.{cluster}.{silo}   when the silo last said it is alive: apart, for a heartbeat changes no version
/// </code>
/// </remarks>
internal sealed class MemberTable(Bucket bucket, string clusterId)
{
    private const int ChunkBytes = 512 * 1024;
    private const long TableBytesMax = 64 * 1024 * 1024;

    private readonly Records _records = new(bucket, ChunkBytes, TableBytesMax);
    private readonly string _key = $"m.{KeyToken.Of(clusterId)}";
    private readonly string _heartbeats = $"a.{KeyToken.Of(clusterId)}.";

    public async Task<MembershipSnapshot> ReadAsync(OperationDeadline deadline)
    {
        var record = await _records.ReadAsync(_key, deadline).ConfigureAwait(false);
        return record?.Content is { } content
            ? new MembershipSnapshot(record.Version, DocumentIn(content))
            : new MembershipSnapshot(record?.Version, MembershipDocument.Empty);
    }

    /// <summary>Replaces the table if it is still the one that was read.</summary>
    public async Task<bool> WriteAsync(
        MembershipSnapshot read,
        MembershipDocument document,
        OperationDeadline deadline)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(
            document, MembershipJson.Default.MembershipDocument);
        return await _records.WriteAsync(_key, read.Record, content, deadline).ConfigureAwait(false)
            is not null;
    }

    /// <summary>When each silo last said that it is alive, or null where it never did.</summary>
    public async Task<DateTime?[]> ReadHeartbeatsAsync(
        IEnumerable<SiloAddress> silos,
        OperationDeadline deadline)
    {
        var keys = silos.Select(HeartbeatKey).ToArray();
        var entries = await bucket.GetManyAsync(keys, deadline).ConfigureAwait(false);
        return [.. entries.Select(TimeIn)];
    }

    /// <summary>Notes a silo's sign of life, unless a later one is known.</summary>
    public async Task WriteHeartbeatAsync(SiloAddress silo, DateTime at, OperationDeadline deadline)
    {
        // Only the silo itself writes it, so nobody comes between the read and the write.
        var key = HeartbeatKey(silo);
        var time = StoredTime.Of(at);
        var known = TimeIn(await bucket.GetAsync(key, deadline).ConfigureAwait(false));
        if (known is null || known < time)
        {
            var value = Encoding.ASCII.GetBytes(time.ToString("O", CultureInfo.InvariantCulture));
            _ = await bucket.PutAsync(key, bucket.NextWriter(), value, [], deadline).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets the heartbeats of silos that have no row any more.</summary>
    public async Task DiscardHeartbeatsAsync(IEnumerable<SiloAddress> silos, OperationDeadline deadline)
    {
        foreach (var key in silos.Select(HeartbeatKey))
        {
            await bucket.DiscardAsync(key, belowRevision: null, [key], deadline).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes the table, whatever its version, and all heartbeats.</summary>
    public async Task DeleteAsync(OperationDeadline deadline)
    {
        bool isCleared;
        do
        {
            var version = await _records.ReadVersionAsync(_key, deadline).ConfigureAwait(false);
            (isCleared, _) = await _records.ClearAsync(_key, version, keep: false, deadline)
                .ConfigureAwait(false);
        }
        while (!isCleared);

        var heartbeats = await bucket.ListKeysAsync(_heartbeats + "*", deadline).ConfigureAwait(false);
        await bucket.RemoveAsync(heartbeats, deadline).ConfigureAwait(false);
    }

    private static MembershipDocument DocumentIn(ReadOnlyMemory<byte> content) =>
        JsonSerializer.Deserialize(content.Span, MembershipJson.Default.MembershipDocument)
        ?? throw new InvalidDataException("The stored membership table is null.");

    private static DateTime? TimeIn(BucketEntry? entry) => entry is { IsTombstone: false }
        ? DateTime.ParseExact(
            Encoding.ASCII.GetString(entry.Value.Span),
            "O",
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind)
        : null;

    private string HeartbeatKey(SiloAddress silo) => _heartbeats + KeyToken.Of(silo.ToParsableString());
}
