using System.Net;

namespace Orleans.JetStream.Tests.Clustering;

/// <summary>What Orleans asks of every membership table.</summary>
public sealed class MembershipTableTests(SharedNatsServer nats)
{
    [Fact]
    public async Task An_empty_table_has_version_0_and_an_etag()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        var read = await host.ReadAsync();
        Assert.Empty(read.Members);
        Assert.Equal(0, read.Version.Version);
        Assert.False(string.IsNullOrEmpty(read.Version.VersionEtag));
    }

    [Fact]
    public async Task A_row_is_read_with_all_its_fields()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        var entry = Silos.Entry(1, SiloStatus.ShuttingDown);
        entry.SiloAddress = SiloAddress.New(IPAddress.Parse("fe80::1"), 20_001, int.MaxValue);
        entry.HostName = "хост";
        entry.RoleName = "";
        entry.StartTime = Silos.Noon.AddTicks(1);
        entry.AddSuspector(Silos.Address(2), Silos.Noon.AddTicks(7));
        entry.AddSuspector(Silos.Address(3), Silos.Noon);
        Assert.True(await host.InsertAsync(entry));
        var (row, eTag) = Assert.Single((await host.ReadAsync()).Members);
        Assert.Equal(Silos.Text(entry), Silos.Text(row));
        Assert.Equal(DateTimeKind.Utc, row.StartTime.Kind);
        Assert.False(string.IsNullOrEmpty(eTag));
    }

    [Fact]
    public async Task A_local_time_is_stored_as_the_same_moment()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        var entry = Silos.Entry(1);
        entry.StartTime = Silos.Noon.ToLocalTime();
        Assert.True(await host.InsertAsync(entry));
        Assert.Equal(Silos.Noon, Assert.Single((await host.ReadAsync()).Members).Item1.StartTime);
    }

    [Fact]
    public async Task A_silo_is_inserted_once()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        var empty = (await host.ReadAsync()).Version;
        Assert.True(await host.Table.InsertRowAsync(Silos.Entry(1), empty.Next(), default));
        var stored = Silos.Text(await host.ReadAsync());
        Assert.False(await host.Table.InsertRowAsync(Silos.Entry(1), empty.Next(), default));
        Assert.False(await host.InsertAsync(Silos.Entry(1, SiloStatus.Dead)));
        Assert.False(await host.Table.InsertRowAsync(Silos.Entry(2), empty.Next(), default));
        Assert.Equal(stored, Silos.Text(await host.ReadAsync()));
    }

    [Fact]
    public async Task A_row_and_all_rows_are_read_at_the_same_version()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        Assert.True(await host.InsertAsync(Silos.Entry(2)));
        var successor = Silos.Entry(1, SiloStatus.Joining);
        successor.SiloAddress = SiloAddress.New(successor.SiloAddress.Endpoint, 1_000);
        Assert.True(await host.InsertAsync(successor));

        var all = await host.ReadAsync();
        Assert.Equal(3, all.Members.Count);
        foreach (var (entry, eTag) in all.Members)
        {
            var row = await host.Table.ReadRowAsync(entry.SiloAddress, default);
            Assert.Equal(all.Version, row.Version);
            Assert.Equal(eTag, Assert.Single(row.Members).Item2);
            Assert.Equal(Silos.Text(entry), Silos.Text(row.Members[0].Item1));
        }

        var absent = await host.Table.ReadRowAsync(Silos.Address(9), default);
        Assert.Empty(absent.Members);
        Assert.Equal(all.Version, absent.Version);
    }

    [Fact]
    public async Task Each_change_raises_the_version_by_one_and_renews_the_etags_of_table_and_row()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1, SiloStatus.Joining)));
        Assert.True(await host.InsertAsync(Silos.Entry(2)));
        var before = await host.ReadAsync();
        Assert.True(await host.UpdateAsync(Silos.Entry(1)));
        var after = await host.ReadAsync();
        Assert.Equal(before.Version.Version + 1, after.Version.Version);
        Assert.NotEqual(before.Version.VersionEtag, after.Version.VersionEtag);
        Assert.NotEqual(ETagOf(before, 1), ETagOf(after, 1));
        Assert.Equal(ETagOf(before, 2), ETagOf(after, 2));
        Assert.Equal(SiloStatus.Active, Silos.Row(after, 1).Entry.Status);
    }

    [Fact]
    public async Task A_change_that_does_not_follow_the_table_as_it_is_changes_nothing()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        var old = await host.ReadAsync();
        Assert.True(await host.InsertAsync(Silos.Entry(2)));
        var now = await host.ReadAsync();
        var dead = Silos.Entry(1, SiloStatus.Dead);
        foreach (var version in new[]
        {
            old.Version.Next(),
            now.Version,
            now.Version.Next().Next(),
            new TableVersion(now.Version.Version + 1, old.Version.VersionEtag),
            new TableVersion(now.Version.Version + 1, "no etag of ours"),
            new TableVersion(now.Version.Version + 1, null!),
        })
        {
            Assert.False(await host.Table.InsertRowAsync(Silos.Entry(3), version, default));
            Assert.False(await host.Table.UpdateRowAsync(dead, ETagOf(now, 1), version, default));
        }

        Assert.Equal(Silos.Text(now), Silos.Text(await host.ReadAsync()));
    }

    [Fact]
    public async Task An_update_of_an_old_or_a_missing_row_changes_nothing()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1, SiloStatus.Joining)));
        var old = await host.ReadAsync();
        Assert.True(await host.UpdateAsync(Silos.Entry(1)));
        var now = await host.ReadAsync();
        var next = now.Version.Next();
        var dead = Silos.Entry(1, SiloStatus.Dead);
        Assert.False(await host.Table.UpdateRowAsync(dead, ETagOf(old, 1), next, default));
        Assert.False(await host.Table.UpdateRowAsync(dead, "no etag of ours", next, default));
        Assert.False(await host.Table.UpdateRowAsync(Silos.Entry(2), ETagOf(now, 1), next, default));
        Assert.Equal(Silos.Text(now), Silos.Text(await host.ReadAsync()));
    }

    [Fact]
    public async Task What_the_caller_does_to_its_entries_changes_nothing_stored()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        var given = Silos.Entry(1);
        given.AddSuspector(Silos.Address(2), Silos.Noon);
        Assert.True(await host.InsertAsync(given));
        var read = await host.ReadAsync();
        var stored = Silos.Text(read);
        foreach (var entry in new[] { given, read.Members[0].Item1 })
        {
            entry.Status = SiloStatus.Dead;
            entry.SuspectTimes!.Clear();
        }

        Assert.Equal(stored, Silos.Text(await host.ReadAsync()));
    }

    [Fact]
    public async Task Initialized_again_a_table_is_as_it_was()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        var stored = Silos.Text(await host.ReadAsync());
        await host.Table.InitializeMembershipTableAsync(true, default);
        await host.Table.InitializeMembershipTableAsync(false, default);
        Assert.Equal(stored, Silos.Text(await host.ReadAsync()));
    }

    [Theory]
    [InlineData("cluster", "cluster-2")]
    [InlineData("a", "A")]
    [InlineData("a.b", "a")]
    [InlineData("a/*", "a/>")]
    public async Task Clusters_that_share_a_bucket_share_no_row(string clusterId, string otherId)
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket, clusterId);
        await using var other = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket, otherId);
        Assert.True(await one.InsertAsync(Silos.Entry(1)));
        Assert.Empty((await other.ReadAsync()).Members);
        Assert.True(await other.InsertAsync(Silos.Entry(1, SiloStatus.Dead)));
        var stored = Silos.Text(await other.ReadAsync());

        await one.Table.UpdateIAmAliveAsync(AliveAt(1, Silos.Noon.AddHours(1)), default);
        Assert.Equal(stored, Silos.Text(await other.ReadAsync()));
        await one.Table.DeleteMembershipTableEntriesAsync(clusterId, default);
        Assert.Empty((await one.ReadAsync()).Members);
        Assert.Equal(stored, Silos.Text(await other.ReadAsync()));
    }

    [Fact]
    public async Task A_deleted_table_begins_anew_and_what_was_read_of_it_is_worth_nothing()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        await host.Table.UpdateIAmAliveAsync(AliveAt(1, Silos.Noon.AddHours(1)), default);
        var old = await host.ReadAsync();
        await host.Table.DeleteMembershipTableEntriesAsync("cluster", default);
        await host.Table.DeleteMembershipTableEntriesAsync("another cluster", default);

        Assert.False(await host.Table.InsertRowAsync(Silos.Entry(2), old.Version.Next(), default));
        await host.Table.InitializeMembershipTableAsync(true, default);
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        var read = await host.ReadAsync();
        Assert.Equal(1, read.Version.Version);
        Assert.Equal(Silos.Noon, Assert.Single(read.Members).Item1.IAmAliveTime);
        Assert.False(
            await host.Table.UpdateRowAsync(Silos.Entry(1), ETagOf(old, 1), old.Version.Next(), default));
    }

    [Fact]
    public async Task A_table_longer_than_a_message_is_read_as_it_was_written()
    {
        const int SiloCount = 40;
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        for (var number = 0; number < SiloCount; number++)
        {
            var entry = Silos.Entry(number);
            entry.HostName = new string('h', 30_000);
            Assert.True(await host.InsertAsync(entry));
        }

        var read = await host.ReadAsync();
        Assert.Equal(SiloCount, read.Version.Version);
        Assert.All(read.Members, row => Assert.Equal(30_000, row.Item1.HostName.Length));
        Assert.Equal(SiloCount, read.Members.Select(row => row.Item1.SiloAddress).Distinct().Count());
    }

    [Fact]
    public async Task The_methods_without_a_token_do_the_same()
    {
#pragma warning disable CS0618 // Orleans still calls them.
        await using var host = MembershipHost.Create(nats.Server.ToOptions(), SharedNatsServer.NewBucket());
        var table = host.Table;
        await table.InitializeMembershipTable(true);
        Assert.True(await table.InsertRow(Silos.Entry(1), (await table.ReadAll()).Version.Next()));
        await table.UpdateIAmAlive(AliveAt(1, Silos.Noon.AddHours(1)));
        var (entry, eTag) = Assert.Single((await table.ReadRow(Silos.Address(1))).Members);
        Assert.Equal(Silos.Noon.AddHours(1), entry.IAmAliveTime);
        entry.Status = SiloStatus.Dead;
        Assert.True(await table.UpdateRow(entry, eTag, (await table.ReadAll()).Version.Next()));
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Silos.Noon.AddHours(2)));
        Assert.Empty((await table.ReadAll()).Members);
        await table.DeleteMembershipTableEntries("cluster");
        Assert.Equal(0, (await table.ReadAll()).Version.Version);
#pragma warning restore CS0618
    }

    internal static MembershipEntry AliveAt(int number, DateTime at)
    {
        var entry = Silos.Entry(number);
        entry.IAmAliveTime = at;
        return entry;
    }

    private static string ETagOf(MembershipTableData table, int number) =>
        Silos.Row(table, number).ETag;
}
