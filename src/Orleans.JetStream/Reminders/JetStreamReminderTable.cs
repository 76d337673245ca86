using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Reminders;

/// <summary>Reminders in a JetStream key-value bucket; the ETag is the entry's revision.</summary>
/// <remarks>
/// An upsert always takes effect, the last one wins; a removal only on the revision its ETag names.
/// </remarks>
internal sealed class JetStreamReminderTable : IReminderTable, IAsyncDisposable
{
    private readonly ReminderKeys _keys;
    private readonly BucketClient _client;

    public JetStreamReminderTable(
        IOptions<JetStreamReminderTableOptions> options,
        IOptions<ClusterOptions> clusterOptions,
        IServiceProvider services)
    {
        _keys = new ReminderKeys(clusterOptions.Value.ServiceId);
        _client = new BucketClient(
            options.Value,
            isMadeWhereMissing: true,
            (message, cause) => new JetStreamRemindersException(message, cause),
            services);
    }

    public Task StartAsync(CancellationToken cancellationToken = default) =>
        _client.OpenAsync(cancellationToken);

    /// <summary>
    /// Does nothing: the connection ends with the host, and the table may be started again.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => ReadRows(grainId, CancellationToken.None);

    public Task<ReminderTableData> ReadRows(GrainId grainId, CancellationToken cancellationToken) =>
        ReadAsync($"the reminders of grain {grainId}", _keys.AllOf(grainId), _ => true, cancellationToken);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        ReadRows(begin, end, CancellationToken.None);

    public Task<ReminderTableData> ReadRows(uint begin, uint end, CancellationToken cancellationToken) =>
        ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"the reminders in ({begin:X8}, {end:X8}]"),
            _keys.All,
            key => _keys.IsInRange(key, begin, end),
            cancellationToken);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        ReadRow(grainId, reminderName, CancellationToken.None);

    public Task<ReminderEntry?> ReadRow(
        GrainId grainId,
        string reminderName,
        CancellationToken cancellationToken) =>
        _client.Run("read", Target(grainId, reminderName), async (bucket, deadline) =>
        {
            var entry = await bucket.GetAsync(_keys.Of(grainId, reminderName), deadline);
            return ToReminder(entry);
        }, cancellationToken);

    public Task<string?> UpsertRow(ReminderEntry entry) => UpsertRow(entry, CancellationToken.None);

    public Task<string?> UpsertRow(ReminderEntry entry, CancellationToken cancellationToken) =>
        _client.Run<string?>("write", Target(entry.GrainId, entry.ReminderName), async (bucket, deadline) =>
        {
            var content = JsonSerializer.SerializeToUtf8Bytes(
                ReminderRow.From(entry), ReminderJson.Default.ReminderRow);
            var key = _keys.Of(entry.GrainId, entry.ReminderName);
            return ETagOf(await bucket.PutAsync(key, bucket.NextWriter(), content, [], deadline));
        }, cancellationToken);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        RemoveRow(grainId, reminderName, eTag, CancellationToken.None);

    public Task<bool> RemoveRow(
        GrainId grainId,
        string reminderName,
        string eTag,
        CancellationToken cancellationToken) =>
        _client.Run("remove", Target(grainId, reminderName), async (bucket, deadline) =>
        {
            if (!ulong.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
                || revision == 0)
            {
                return false;
            }

            var key = _keys.Of(grainId, reminderName);
            var tombstone = await bucket.CommitAsync(
                key, revision, bucket.NextWriter(), default, EntryHeaders.Tombstone(), deadline);
            if (tombstone is { } removed)
            {
                await bucket.DiscardAsync(key, belowRevision: removed + 1, [], deadline);
            }

            return tombstone is not null;
        }, cancellationToken);

    public Task TestOnlyClearTable() => TestOnlyClearTable(CancellationToken.None);

    public Task TestOnlyClearTable(CancellationToken cancellationToken) =>
        _client.Run("remove", "all reminders", async (bucket, deadline) =>
        {
            await bucket.RemoveAsync(await bucket.ListKeysAsync(_keys.All, deadline), deadline);
            return true;
        }, cancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static string Target(GrainId grainId, string reminderName) =>
        $"the reminder '{reminderName}' of grain {grainId}";

    private static string ETagOf(ulong revision) => revision.ToString(CultureInfo.InvariantCulture);

    private static ReminderEntry? ToReminder(BucketEntry? entry) => entry is { IsTombstone: false }
        ? JsonSerializer.Deserialize(entry.Value.Span, ReminderJson.Default.ReminderRow)?
            .ToEntry(ETagOf(entry.Revision))
        : null;

    private Task<ReminderTableData> ReadAsync(
        string target,
        string keyFilter,
        Func<string, bool> isWanted,
        CancellationToken cancellationToken) =>
        _client.Run("read", target, async (bucket, deadline) =>
        {
            var keys = await bucket.ListKeysAsync(keyFilter, deadline);
            var entries = await bucket.GetManyAsync([.. keys.Where(isWanted)], deadline);
            return new ReminderTableData(entries.Select(ToReminder).OfType<ReminderEntry>());
        }, cancellationToken);
}
