using NATS.Client.Core;

namespace Orleans.JetStream.KeyValue;

/// <summary>Records of any size in a bucket, each replaced as a whole or not at all.</summary>
/// <remarks>
/// <code>
/// {key}                    the content, or, where that is too long for a message, how it was cut
/// {key}.{writer}.{index}   one chunk of it
/// </code>
/// Chunks are stored first, under the mark of their writer; the commit of {key} makes them the content. Then
/// older chunks go. A writer that dies in between leaves chunks nobody refers to, until the record's next
/// change of chunks.
/// </remarks>
internal sealed class Records(Bucket bucket, int chunkBytesMax, long contentBytesMax)
{
    private const string ClearedHeader = "Orleans-Cleared";

    /// <summary>
    /// Room for the protocol's line and the headers: subject and message id at their longest, and a margin.
    /// </summary>
    private const int HeaderBytesMax = 4096;

    private const int ReadAttemptsMax = 10;

    private readonly RecordChunks _chunks = new(bucket);

    private int ChunkBytes => Math.Min(chunkBytesMax, bucket.MessageBytesMax - HeaderBytesMax);

    public async Task<StoredRecord?> ReadAsync(string key, OperationDeadline deadline)
    {
        ulong? incompleteRevision = null;
        for (var attempt = 0; attempt < ReadAttemptsMax; attempt++)
        {
            var head = await bucket.GetAsync(key, deadline).ConfigureAwait(false);
            if (head is null or { IsTombstone: true })
            {
                return null;
            }

            var version = VersionOf(head);
            if (head.Header(ClearedHeader) is not null)
            {
                return new StoredRecord(version, Content: null);
            }

            if (version.ChunkCount == 0)
            {
                return new StoredRecord(version, head.Value);
            }

            if (await _chunks.ReadAsync(key, head, deadline).ConfigureAwait(false) is { } content)
            {
                return new StoredRecord(version, content);
            }

            // A writer replaced the record and its chunks since the head was read: unless the head is still
            // the same.
            if (incompleteRevision == head.Revision)
            {
                throw new InvalidDataException(
                    $"The record {key} lacks chunks of its revision {head.Revision}.");
            }

            incompleteRevision = head.Revision;
        }

        throw new TimeoutException($"The record {key} changed faster than it could be read.");
    }

    /// <summary>The version that a write must name now, or null where there is no record.</summary>
    public async Task<RecordVersion?> ReadVersionAsync(string key, OperationDeadline deadline) =>
        await bucket.GetAsync(key, deadline).ConfigureAwait(false) is { IsTombstone: false } head
            ? VersionOf(head)
            : null;

    /// <returns>The new version, or null where the record is not at the expected version.</returns>
    public async Task<RecordVersion?> WriteAsync(
        string key,
        RecordVersion? expected,
        ReadOnlyMemory<byte> content,
        OperationDeadline deadline)
    {
        if (content.Length > contentBytesMax)
        {
            throw new InvalidOperationException(
                $"The content has {content.Length} bytes; at most {contentBytesMax} are taken.");
        }

        var chunkBytes = ChunkBytes;
        if (chunkBytes <= 0)
        {
            throw new InvalidOperationException(
                $"The server's max_payload of {bucket.MessageBytesMax} bytes leaves no room for content.");
        }

        if (await FindReplacedAsync(key, expected, deadline).ConfigureAwait(false) is not { } replaced)
        {
            return null;
        }

        var writer = bucket.NextWriter();
        if (content.Length <= chunkBytes)
        {
            var revision = await CommitAsync(key, replaced, writer, content, [], deadline)
                .ConfigureAwait(false);
            return revision is { } written ? new RecordVersion(written, ChunkCount: 0) : null;
        }

        var (count, firstRevision) = await _chunks.PutAsync(key, writer, content, chunkBytes, deadline)
            .ConfigureAwait(false);
        var headers = RecordChunks.HeadersOf(count, content.Length);
        var committed = await bucket
            .CommitAsync(key, replaced.Revision, writer, default, headers, deadline)
            .ConfigureAwait(false);
        if (committed is not { } head)
        {
            await _chunks.DiscardAsync(key, writer, count, deadline).ConfigureAwait(false);
            return null;
        }

        await _chunks.DiscardReplacedAsync(key, replaced.Head, firstRevision, deadline).ConfigureAwait(false);
        return new RecordVersion(head, count);
    }

    /// <summary>Clears the record, leaving a tombstone, or keeps it as one without content.</summary>
    /// <returns>
    /// Whether the record was at the expected version, and the version it has now if it is kept.
    /// </returns>
    public async Task<(bool IsCleared, RecordVersion? Kept)> ClearAsync(
        string key,
        RecordVersion? expected,
        bool keep,
        OperationDeadline deadline)
    {
        if (await FindReplacedAsync(key, expected, deadline).ConfigureAwait(false) is not { } replaced)
        {
            return (false, null);
        }

        if (expected is null && !keep)
        {
            return (true, null);
        }

        var headers = keep ? new NatsHeaders { [ClearedHeader] = "true" } : EntryHeaders.Tombstone();
        var revision = await CommitAsync(key, replaced, bucket.NextWriter(), default, headers, deadline)
            .ConfigureAwait(false);
        return (revision is not null, keep && revision is { } kept ? new RecordVersion(kept, 0) : null);
    }

    private static RecordVersion VersionOf(BucketEntry head) =>
        new(head.Revision, RecordChunks.CountIn(head));

    /// <summary>
    /// What a change of the expected version replaces: its revision, and its head where that is needed for
    /// more. Null where the record is known not to be at that version.
    /// </summary>
    /// <remarks>
    /// A record of one message is not read: its commit finds out by itself. What was never there is: where
    /// there is a tombstone, the new record follows it; and a replicated server must not be offered what it
    /// can refuse only when it applies it (<see cref="Bucket"/>).
    /// </remarks>
    private async Task<(ulong Revision, BucketEntry? Head)?> FindReplacedAsync(
        string key,
        RecordVersion? expected,
        OperationDeadline deadline)
    {
        if (expected is { ChunkCount: 0 } single)
        {
            return (single.Revision, null);
        }

        var head = await bucket.GetAsync(key, deadline).ConfigureAwait(false);
        var isExpected = expected is { } version
            ? head?.Revision == version.Revision
            : head is null or { IsTombstone: true };
        return isExpected ? (head?.Revision ?? 0, head) : null;
    }

    /// <summary>Commits what needs no chunks, and removes those of what it replaces.</summary>
    private async Task<ulong?> CommitAsync(
        string key,
        (ulong Revision, BucketEntry? Head) replaced,
        string writer,
        ReadOnlyMemory<byte> value,
        NatsHeaders headers,
        OperationDeadline deadline)
    {
        var revision = await bucket
            .CommitAsync(key, replaced.Revision, writer, value, headers, deadline)
            .ConfigureAwait(false);
        if (revision is { } committed && replaced.Head is { } head && RecordChunks.CountIn(head) > 0)
        {
            await _chunks.DiscardReplacedAsync(key, head, committed, deadline).ConfigureAwait(false);
        }

        return revision;
    }
}
