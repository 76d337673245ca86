using System.Globalization;
using NATS.Client.Core;

namespace Orleans.JetStream.KeyValue;

/// <summary>The chunks of records whose content is too long for a message.</summary>
/// <remarks>
/// <code>
/// {key}.{writer}.{index}   one chunk of what the writer of the record's head has written
/// </code>
/// </remarks>
internal sealed class RecordChunks(Bucket bucket)
{
    private const string CountHeader = "Orleans-Chunks";
    private const string ContentBytesHeader = "Orleans-Content-Bytes";

    /// <summary>
    /// Into how many chunks the content under a head is cut; none where it lies in the head.
    /// </summary>
    public static int CountIn(BucketEntry head) => NumberIn(head, CountHeader);

    /// <summary>The headers of a head whose content lies in chunks.</summary>
    public static NatsHeaders HeadersOf(int chunkCount, int contentBytes) => new()
    {
        [CountHeader] = chunkCount.ToString(CultureInfo.InvariantCulture),
        [ContentBytesHeader] = contentBytes.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Stores content as chunks that nothing refers to yet. Where that fails, none stays.</summary>
    public async Task<(int Count, ulong FirstRevision)> PutAsync(
        string key,
        string writer,
        ReadOnlyMemory<byte> content,
        int chunkBytes,
        OperationDeadline deadline)
    {
        var count = 0;
        var firstRevision = 0UL;
        try
        {
            for (var offset = 0; offset < content.Length; offset += chunkBytes, count++)
            {
                var chunk = content[offset..Math.Min(offset + chunkBytes, content.Length)];
                var revision = await bucket.PutAsync(KeyOf(key, writer, count), writer, chunk, [], deadline)
                    .ConfigureAwait(false);
                firstRevision = count == 0 ? revision : firstRevision;
            }

            return (count, firstRevision);
        }
        catch
        {
            // On a server that is full they would take what space is left. The last may have been stored,
            // too.
            await DiscardAsync(key, writer, count + 1, deadline).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The content under a head, or null where chunks are missing.</summary>
    public async Task<byte[]?> ReadAsync(string key, BucketEntry head, OperationDeadline deadline)
    {
        var content = new byte[NumberIn(head, ContentBytesHeader)];
        var length = 0;
        var keys = KeysOf(key, head.Writer ?? "", CountIn(head));
        foreach (var chunk in await bucket.GetManyAsync(keys, deadline).ConfigureAwait(false))
        {
            if (chunk is null or { IsTombstone: true } || chunk.Value.Length > content.Length - length)
            {
                return null;
            }

            chunk.Value.CopyTo(content.AsMemory(length));
            length += chunk.Value.Length;
        }

        return length == content.Length ? content : null;
    }

    /// <summary>Removes the chunks of a writer whose head was not committed.</summary>
    public Task DiscardAsync(string key, string writer, int count, OperationDeadline deadline) =>
        bucket.DiscardAsync($"{key}.{writer}.>", belowRevision: null, KeysOf(key, writer, count), deadline);

    /// <summary>
    /// Removes the chunks of the head that was replaced, with all others from before <paramref
    /// name="belowRevision"/> where the server can: those belong to rivals who fail, or to writers who died.
    /// </summary>
    public Task DiscardReplacedAsync(
        string key,
        BucketEntry? replacedHead,
        ulong belowRevision,
        OperationDeadline deadline)
    {
        var replaced = replacedHead is { Writer: { } writer } head ? KeysOf(key, writer, CountIn(head)) : [];
        return bucket.DiscardAsync($"{key}.>", belowRevision, replaced, deadline);
    }

    private static string[] KeysOf(string key, string writer, int count) =>
        [.. Enumerable.Range(0, count).Select(index => KeyOf(key, writer, index))];

    private static string KeyOf(string key, string writer, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}.{writer}.{index}");

    private static int NumberIn(BucketEntry head, string header) => head.Header(header) is { } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;
}
