using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Clustering;

/// <summary>A cluster's membership in a JetStream key-value bucket.</summary>
/// <remarks>
/// The ETag of the table is its record's revision, that of a row the table's version at which the row was
/// written. An insert or update takes effect only on the table its version's ETag names, and raises the
/// version by one. A sign of life changes neither.
/// </remarks>
internal sealed class JetStreamMembershipTable : IMembershipTable, IAsyncDisposable
{
    private readonly string _clusterId;
    private readonly BucketClient _client;

    public JetStreamMembershipTable(
        IOptions<JetStreamClusteringOptions> options,
        IOptions<ClusterOptions> clusterOptions,
        IServiceProvider services)
    {
        _clusterId = clusterOptions.Value.ClusterId;
        _client = new BucketClient(
            options.Value,
            isMadeWhereMissing: true,
            (message, cause) => new JetStreamClusteringException(message, cause),
            services);
    }

    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    public Task DeleteMembershipTableEntries(string clusterId) =>
        DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        InsertRowAsync(entry, tableVersion, CancellationToken.None);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    public async Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken)
    {
        _ = await _client.OpenAsync(cancellationToken);
        if (tryInitTableVersion)
        {
            _ = await Run("create", "the membership table", async (table, deadline) =>
            {
                // A rival who creates it first has created the same.
                var stored = await table.ReadAsync(deadline);
                return stored.Record is not null
                    || await table.WriteAsync(stored, MembershipDocument.Empty, deadline);
            }, cancellationToken);
        }
    }

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken) =>
        _client.Run("delete", $"the membership table of cluster '{clusterId}'", async (bucket, deadline) =>
        {
            await new MemberTable(bucket, clusterId).DeleteAsync(deadline);
            return true;
        }, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken) =>
        Run("clean up", "the membership table", async (table, deadline) =>
        {
            ImmutableArray<MemberRow> defunct;
            MembershipSnapshot stored;
            do
            {
                stored = await table.ReadAsync(deadline);
                var dead = stored.Document.Rows.RemoveAll(row => row.Status != SiloStatus.Dead);
                dead = await WithSignsOfLifeAsync(table, dead, deadline);
                defunct = dead.RemoveAll(row => row.LastUpdateTime >= beforeDate.UtcDateTime);
            }
            while (!defunct.IsEmpty && !await table.WriteAsync(stored, Without(stored, defunct), deadline));

            await table.DiscardHeartbeatsAsync(defunct.Select(row => row.SiloAddress), deadline);
            return true;
        }, cancellationToken);

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken) =>
        ReadAsync(row => row.SiloAddress.Equals(key), $"the row of silo {key}", cancellationToken);

    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) =>
        ReadAsync(_ => true, "the membership table", cancellationToken);

    public Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken) =>
        ChangeAsync("insert", entry, tableVersion, document =>
            document.IndexOf(entry.SiloAddress) < 0
                ? document.Rows.Add(MemberRow.From(entry, tableVersion.Version))
                : null, cancellationToken);

    public Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken) =>
        ChangeAsync("update", entry, tableVersion, document =>
        {
            var index = document.IndexOf(entry.SiloAddress);
            if (index < 0 || document.Rows[index].ETag != etag)
            {
                return null;
            }

            var row = MemberRow.From(entry, tableVersion.Version);
            return document.Rows.SetItem(index, row.WithSignOfLife(document.Rows[index].IAmAliveTime));
        }, cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) =>
        Run("write", $"the heartbeat of silo {entry.SiloAddress}", async (table, deadline) =>
        {
            await table.WriteHeartbeatAsync(entry.SiloAddress, entry.IAmAliveTime, deadline);
            return true;
        }, cancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static MembershipDocument Without(
        MembershipSnapshot stored,
        ImmutableArray<MemberRow> defunct) => new(
            stored.Document.Version + 1,
            stored.Document.Rows.RemoveAll(row => defunct.Any(gone => gone.Silo == row.Silo)));

    private static async Task<ImmutableArray<MemberRow>> WithSignsOfLifeAsync(
        MemberTable table,
        ImmutableArray<MemberRow> rows,
        OperationDeadline deadline)
    {
        var times = await table.ReadHeartbeatsAsync(rows.Select(row => row.SiloAddress), deadline);
        return [.. rows.Select((row, index) => row.WithSignOfLife(times[index]))];
    }

    private Task<MembershipTableData> ReadAsync(
        Predicate<MemberRow> isWanted,
        string target,
        CancellationToken cancellationToken) =>
        Run("read", target, async (table, deadline) =>
        {
            var stored = await table.ReadAsync(deadline);
            var wanted = stored.Document.Rows.RemoveAll(row => !isWanted(row));
            var rows = await WithSignsOfLifeAsync(table, wanted, deadline);
            return new MembershipTableData(
                [.. rows.Select(row => Tuple.Create(row.ToEntry(), row.ETag))], stored.Version);
        }, cancellationToken);

    /// <param name="operation">Insert or update.</param>
    /// <param name="entry">Whose row it is.</param>
    /// <param name="tableVersion">The next version, with the ETag of the table it is to follow.</param>
    /// <param name="change">The rows as they are to be, or null where the change is refused.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    private Task<bool> ChangeAsync(
        string operation,
        MembershipEntry entry,
        TableVersion tableVersion,
        Func<MembershipDocument, ImmutableArray<MemberRow>?> change,
        CancellationToken cancellationToken) =>
        Run(operation, $"the row of silo {entry.SiloAddress}", async (table, deadline) =>
        {
            var stored = await table.ReadAsync(deadline);
            return stored.Version.Next() == tableVersion
                && change(stored.Document) is { } rows
                && await table.WriteAsync(stored, new(tableVersion.Version, rows), deadline);
        }, cancellationToken);

    private Task<T> Run<T>(
        string operation,
        string target,
        Func<MemberTable, OperationDeadline, Task<T>> body,
        CancellationToken cancellationToken) =>
        _client.Run(
            operation,
            $"{target} of cluster '{_clusterId}'",
            (bucket, deadline) => body(new MemberTable(bucket, _clusterId), deadline),
            cancellationToken);
}
