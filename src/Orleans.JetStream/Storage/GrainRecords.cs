using System.Globalization;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Orleans.JetStream;
using Orleans.JetStream.KeyValue;

namespace Orleans.Storage;

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
internal sealed class GrainRecords(Bucket bucket, int chunkBytesMax, long contentBytesMax, ILogger logger)
{
    private const string ClearedHeader = "Orleans-Cleared";
    private const string ChunkCountHeader = "Orleans-Chunks";
    private const string ContentBytesHeader = "Orleans-Content-Bytes";

    /// <summary>
    /// Room for the protocol's line and the headers: subject and message id at their longest, and a margin.
    /// </summary>
    private const int HeaderBytesMax = 4096;

    private const int ReadAttemptsMax = 10;

    private int ChunkBytes => Math.Min(chunkBytesMax, bucket.MessageBytesMax - HeaderBytesMax);

    public async Task<GrainRecord?> ReadAsync(string key, OperationDeadline deadline)
    {
        ulong? incompleteRevision = null;
        for (var attempt = 0; attempt < ReadAttemptsMax; attempt++)
        {
            var head = await bucket.GetAsync(key, deadline).ConfigureAwait(false);
            if (head is null || head.IsTombstone)
            {
                return null;
            }

            var chunkCount = NumberIn(head, ChunkCountHeader);
            var version = new RecordVersion(head.Revision, chunkCount);
            if (head.Header(ClearedHeader) is not null)
            {
                return new GrainRecord(version, Content: null);
            }

            if (chunkCount == 0)
            {
                return new GrainRecord(version, head.Value);
            }

            if (await ReadChunksAsync(key, head, chunkCount, deadline).ConfigureAwait(false) is { } content)
            {
                return new GrainRecord(version, content);
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
    public async Task<RecordVersion?> ReadVersionAsync(string key, OperationDeadline deadline)
    {
        var head = await bucket.GetAsync(key, deadline).ConfigureAwait(false);
        return head is null or { IsTombstone: true }
            ? null
            : new RecordVersion(head.Revision, NumberIn(head, ChunkCountHeader));
    }

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
                $"The state has {content.Length} bytes; this storage takes at most {contentBytesMax}.");
        }

        if (ChunkBytes <= 0)
        {
            throw new InvalidOperationException(
                $"The server's max_payload of {bucket.MessageBytesMax} bytes leaves no room for content.");
        }

        var writer = bucket.NextWriter();
        if (content.Length > ChunkBytes)
        {
            return await WriteChunkedAsync(key, expected, writer, content, deadline).ConfigureAwait(false);
        }

        var revision = await CommitAsync(key, expected, writer, content, [], deadline).ConfigureAwait(false);
        if (revision is { } committed && expected is { ChunkCount: > 0 })
        {
            await DiscardAsync($"{key}.>", committed, deadline).ConfigureAwait(false);
        }

        return revision is { } written ? new RecordVersion(written, ChunkCount: 0) : null;
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
        if (expected is null && !keep)
        {
            var head = await bucket.GetAsync(key, deadline).ConfigureAwait(false);
            return (head is null || head.IsTombstone, null);
        }

        var headers = keep
            ? new NatsHeaders { [ClearedHeader] = "true" }
            : new NatsHeaders
            {
                [EntryHeaders.Operation] = EntryHeaders.OperationPurge,
                [EntryHeaders.Rollup] = EntryHeaders.RollupSubject,
            };
        var writer = bucket.NextWriter();
        var revision = await CommitAsync(key, expected, writer, default, headers, deadline)
            .ConfigureAwait(false);
        if (revision is not { } committed)
        {
            return (false, null);
        }

        if (expected is { ChunkCount: > 0 })
        {
            await DiscardAsync($"{key}.>", committed, deadline).ConfigureAwait(false);
        }

        return (true, keep ? new RecordVersion(committed, ChunkCount: 0) : null);
    }

    private async Task<RecordVersion?> WriteChunkedAsync(
        string key,
        RecordVersion? expected,
        string writer,
        ReadOnlyMemory<byte> content,
        OperationDeadline deadline)
    {
        var chunkBytes = ChunkBytes;
        var chunkCount = 0;
        var firstChunkRevision = 0UL;
        for (var offset = 0; offset < content.Length; offset += chunkBytes, chunkCount++)
        {
            var chunk = content[offset..Math.Min(offset + chunkBytes, content.Length)];
            var revision = await bucket.PutAsync(ChunkKey(key, writer, chunkCount), chunk, deadline)
                .ConfigureAwait(false);
            firstChunkRevision = chunkCount == 0 ? revision : firstChunkRevision;
        }

        var headers = new NatsHeaders
        {
            [ChunkCountHeader] = chunkCount.ToString(CultureInfo.InvariantCulture),
            [ContentBytesHeader] = content.Length.ToString(CultureInfo.InvariantCulture),
        };
        var committed = await CommitAsync(key, expected, writer, default, headers, deadline)
            .ConfigureAwait(false);
        if (committed is { } head)
        {
            // Chunks older than ours belong to what we replaced, or to rivals who expected the same and now
            // fail.
            await DiscardAsync($"{key}.>", firstChunkRevision, deadline).ConfigureAwait(false);
            return new RecordVersion(head, chunkCount);
        }

        await DiscardAsync($"{key}.{writer}.>", belowRevision: null, deadline).ConfigureAwait(false);
        return null;
    }

    private async Task<ulong?> CommitAsync(
        string key,
        RecordVersion? expected,
        string writer,
        ReadOnlyMemory<byte> value,
        NatsHeaders headers,
        OperationDeadline deadline)
    {
        var revision = await bucket
            .CommitAsync(key, expected?.Revision ?? 0, writer, value, headers, deadline)
            .ConfigureAwait(false);
        if (revision is not null || expected is not null)
        {
            return revision;
        }

        // A new record, but there is an entry: it may be the tombstone of a deleted one, which the new one
        // follows.
        var head = await bucket.GetAsync(key, deadline).ConfigureAwait(false);
        return head is { IsTombstone: true }
            ? await bucket.CommitAsync(key, head.Revision, writer, value, headers, deadline)
                .ConfigureAwait(false)
            : null;
    }

    private async Task<byte[]?> ReadChunksAsync(
        string key,
        BucketEntry head,
        int chunkCount,
        OperationDeadline deadline)
    {
        var content = new byte[NumberIn(head, ContentBytesHeader)];
        var length = 0;
        for (var index = 0; index < chunkCount; index++)
        {
            var chunk = await bucket.GetAsync(ChunkKey(key, head.Writer ?? "", index), deadline)
                .ConfigureAwait(false);
            if (chunk is null || chunk.Value.Length > content.Length - length)
            {
                return null;
            }

            chunk.Value.CopyTo(content.AsMemory(length));
            length += chunk.Value.Length;
        }

        return length == content.Length ? content : null;
    }

    /// <summary>
    /// Removes chunks nobody refers to. The record is right with or without them: a failure is only told.
    /// </summary>
    private async Task DiscardAsync(string keyFilter, ulong? belowRevision, OperationDeadline deadline)
    {
        try
        {
            await bucket.PurgeAsync(keyFilter, belowRevision, deadline).ConfigureAwait(false);
        }
        catch (Exception failure)
            when (failure is NatsException or TimeoutException or OperationCanceledException)
        {
            Log.ChunksLeftBehind(logger, failure, keyFilter);
        }
    }

    private static string ChunkKey(string key, string writer, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}.{writer}.{index}");

    private static int NumberIn(BucketEntry entry, string header) => entry.Header(header) is { } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;
}
