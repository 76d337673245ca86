namespace Orleans.JetStream.Tests.Clustering;

public sealed class RacingSilosTests(SharedNatsServer nats)
{
    private const int SiloCount = 20;

    [Fact]
    public async Task Of_twenty_changes_that_follow_the_same_table_one_is_made()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        await using var other = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        await RaceAsync([one, other]);
    }

    /// <summary>
    /// Twenty silos insert themselves after the same table, until all are in; then all become active at once.
    /// </summary>
    internal static async Task RaceAsync(MembershipHost[] hosts)
    {
        var waiting = Enumerable.Range(0, SiloCount).ToHashSet();
        for (var version = 1; waiting.Count > 0; version++)
        {
            var next = (await hosts[0].ReadAsync()).Version.Next();
            var outcomes = await Task.WhenAll(waiting.Select(async number => (number, await hosts[
                number % hosts.Length].Table.InsertRowAsync(
                    Silos.Entry(number, SiloStatus.Joining), next, CancellationToken.None))));
            var (winner, _) = Assert.Single(outcomes, outcome => outcome.Item2);
            _ = waiting.Remove(winner);
            var read = await hosts[version % hosts.Length].ReadAsync();
            Assert.Equal(version, read.Version.Version);
            Assert.Equal(version, read.Members.Count);
            Assert.NotNull(read.TryGet(Silos.Address(winner)));
        }

        await Task.WhenAll(Enumerable.Range(0, SiloCount).Select(async number =>
        {
            while (!await hosts[number % hosts.Length].UpdateAsync(Silos.Entry(number)))
            {
            }
        }));
        var ended = await hosts[0].ReadAsync();
        Assert.Equal(2 * SiloCount, ended.Version.Version);
        Assert.All(ended.Members, row => Assert.Equal(SiloStatus.Active, row.Item1.Status));
    }

    [Fact]
    public async Task A_reader_sees_each_row_at_the_version_of_the_table()
    {
        const int ChangeCount = 60;
        var bucket = SharedNatsServer.NewBucket();
        await using var writer = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        await using var reader = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        Assert.True(await writer.InsertAsync(Silos.Entry(1)));
        var writing = Task.Run(async () =>
        {
            for (var change = 0; change < ChangeCount; change++)
            {
                var entry = Silos.Entry(1);
                entry.UpdateZone = (await writer.ReadAsync()).Version.Version + 1;
                Assert.True(await writer.UpdateAsync(entry));
            }
        });
        var version = 1;
        while (version <= ChangeCount)
        {
            Assert.False(writing.IsFaulted, writing.Exception?.Message);
            var read = version % 2 == 0
                ? await reader.ReadAsync()
                : await reader.Table.ReadRowAsync(Silos.Address(1), CancellationToken.None);
            Assert.True(read.Version.Version >= version);
            version = read.Version.Version;
            Assert.Equal(version, version == 1 ? 1 : Assert.Single(read.Members).Item1.UpdateZone);
        }

        await writing;
    }
}
