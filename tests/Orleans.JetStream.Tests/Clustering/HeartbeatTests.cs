using NATS.Client.JetStream;

namespace Orleans.JetStream.Tests.Clustering;

/// <summary>Signs of life, and the removal of silos that give none.</summary>
public sealed class HeartbeatTests(SharedNatsServer nats)
{
    private static readonly DateTime Later = Silos.Noon.AddMinutes(1);
    private static readonly DateTime Latest = Silos.Noon.AddMinutes(2);

    [Fact]
    public async Task A_heartbeat_changes_its_silos_time_and_nothing_else()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        Assert.True(await host.InsertAsync(Silos.Entry(2)));
        var expected = await host.ReadAsync();
        await BeatAsync(host, 1, Latest);
        Silos.Row(expected, 1).Entry.IAmAliveTime = Latest;
        Assert.Equal(Silos.Text(expected), Silos.Text(await host.ReadAsync()));
    }

    [Fact]
    public async Task What_was_read_before_a_heartbeat_is_still_good_for_an_update()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        var read = await host.ReadAsync();
        var (entry, eTag) = Silos.Row(read, 1);
        await BeatAsync(host, 1, Latest);
        entry.Status = SiloStatus.ShuttingDown;
        Assert.True(await host.Table.UpdateRowAsync(entry, eTag, read.Version.Next(), default));
        entry = Assert.Single((await host.ReadAsync()).Members).Item1;
        Assert.Equal(SiloStatus.ShuttingDown, entry.Status);
        Assert.Equal(Latest, entry.IAmAliveTime);
    }

    [Fact]
    public async Task A_time_never_goes_back()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(MembershipTableTests.AliveAt(1, Later)));
        await BeatAsync(host, 1, Silos.Noon);
        Assert.Equal(Later, await AliveTimeAsync(host));
        await BeatAsync(host, 1, Latest);
        await BeatAsync(host, 1, Later);
        Assert.Equal(Latest, await AliveTimeAsync(host));
        Assert.True(await host.UpdateAsync(Silos.Entry(1, SiloStatus.ShuttingDown)));
        Assert.Equal(Latest, await AliveTimeAsync(host));
    }

    [Fact]
    public async Task A_heartbeat_brings_no_row()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        await BeatAsync(host, 2, Latest);
        Assert.Single((await host.ReadAsync()).Members);
    }

    [Fact]
    public async Task Cleaning_up_removes_the_dead_of_whom_nothing_was_heard_since()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        var statuses = Enum.GetValues<SiloStatus>();
        foreach (var status in statuses)
        {
            Assert.True(await host.InsertAsync(Silos.Entry((int)status, status)));
        }

        var startedSince = Silos.Entry(20, SiloStatus.Dead);
        startedSince.StartTime = Later;
        var suspectedSince = Silos.Entry(21, SiloStatus.Dead);
        suspectedSince.AddSuspector(Silos.Address(1), Later);
        var aliveSince = Silos.Entry(22, SiloStatus.Dead);
        foreach (var entry in new[] { startedSince, suspectedSince, aliveSince })
        {
            Assert.True(await host.InsertAsync(entry));
        }

        await BeatAsync(host, 22, Later);
        var before = await host.ReadAsync();
        await CleanUpAsync(host, Later);
        var after = await host.ReadAsync();
        Assert.Equal(before.Version.Version + 1, after.Version.Version);
        Assert.Equal(before.Members.Count - 1, after.Members.Count);
        Assert.Null(after.TryGet(Silos.Address((int)SiloStatus.Dead)));

        await CleanUpAsync(host, Later);
        Assert.Equal(Silos.Text(after), Silos.Text(await host.ReadAsync()));
        await CleanUpAsync(host, Later.AddTicks(1));
        Assert.Equal(statuses.Length - 1, (await host.ReadAsync()).Members.Count);
    }

    [Fact]
    public async Task A_removed_silo_leaves_no_heartbeat_and_stays_removed()
    {
        await using var connection = nats.Connect();
        var bucket = SharedNatsServer.NewBucket();
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        Assert.True(await host.InsertAsync(Silos.Entry(1, SiloStatus.Dead)));
        await BeatAsync(host, 1, Later);
        var read = await host.ReadAsync();
        await CleanUpAsync(host, Latest);
        var stream = await new NatsJSContext(connection).GetStreamAsync($"KV_{bucket}");
        Assert.Equal(1, stream.Info.State.Messages);

        var (entry, eTag) = Silos.Row(read, 1);
        var next = (await host.ReadAsync()).Version.Next();
        Assert.False(await host.Table.UpdateRowAsync(entry, eTag, read.Version.Next(), default));
        Assert.False(await host.Table.UpdateRowAsync(entry, eTag, next, default));
        Assert.Empty((await host.ReadAsync()).Members);
    }

    [Fact]
    public async Task Two_who_clean_up_at_once_remove_each_row_once_and_keep_what_others_insert()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        await using var other = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        for (var round = 0; round < 20; round++)
        {
            Assert.True(await one.InsertAsync(Silos.Entry(round, SiloStatus.Dead)));
            var before = (await one.ReadAsync()).Version.Version;
            await Task.WhenAll(
                CleanUpAsync(one, Latest),
                CleanUpAsync(other, Latest),
                InsertAnywayAsync(one, Silos.Entry(100 + round)));
            var after = await other.ReadAsync();
            Assert.Equal(round + 1, after.Members.Count);
            Assert.Equal(before + 2, after.Version.Version);
        }
    }

    private static async Task InsertAnywayAsync(MembershipHost host, MembershipEntry entry)
    {
        while (!await host.InsertAsync(entry))
        {
        }
    }

    private static Task BeatAsync(MembershipHost host, int number, DateTime at) =>
        host.Table.UpdateIAmAliveAsync(MembershipTableTests.AliveAt(number, at), CancellationToken.None);

    private static Task CleanUpAsync(MembershipHost host, DateTime before) =>
        host.Table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(before), CancellationToken.None);

    private static async Task<DateTime> AliveTimeAsync(MembershipHost host) =>
        Assert.Single((await host.ReadAsync()).Members).Item1.IAmAliveTime;
}
