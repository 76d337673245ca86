using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Testing;
using Orleans.JetStream.Tests.Clustering;
using Orleans.JetStream.Tests.Reminders;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Replicated;

/// <summary>
/// Of three servers the leader dies, comes back, and the next leader dies, while all three providers are at
/// work.
/// </summary>
public sealed class KilledServersTests(SharedNatsCluster shared) : IClassFixture<SharedNatsCluster>
{
    private const int WriterCount = 6;
    private const int ChangesBetweenKills = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _grains = SharedNatsServer.NewBucket();
    private readonly string _members = SharedNatsServer.NewBucket();
    private readonly string _reminders = SharedNatsServer.NewBucket();
    private long _changes;

    [Fact]
    public async Task Leaders_killed_one_after_the_other_lose_and_double_nothing()
    {
        await using var storage = await StorageHost.StartAsync(shared.Cluster.ToOptions(0), options =>
        {
            ReplicatedBucket.Configure(options, _grains);
            options.ChunkBytes = 1024;
        });
        await using var membership = await MembershipHost.StartAsync(
            shared.Cluster.ToOptions(1),
            _members,
            configure: options => ReplicatedBucket.Configure(options, _members));
        await using var reminders = await ReminderHost.StartAsync(
            shared.Cluster.ToOptions(2),
            _reminders,
            configure: options => ReplicatedBucket.Configure(options, _reminders));

        using var stop = new CancellationTokenSource();
        var work = Enumerable.Range(0, WriterCount)
            .Select(number => Task.Run(() => WriteStateAsync(storage, number, stop.Token)))
            .Append(Task.Run(() => ChangeMembersAsync(membership, stop.Token)))
            .Append(Task.Run(() => ChangeRemindersAsync(reminders, stop.Token)))
            .ToArray();
        await ChangesAsync(work);
        var first = await LeaderAsync();
        await first.KillAsync();
        await ChangesAsync(work);
        await first.StartAgainAsync();

        var second = await LeaderAsync();
        await second.KillAsync();
        await ChangesAsync(work);
        await stop.CancelAsync();
        await Task.WhenAll(work);
    }

    /// <summary>
    /// The one writer of a state, and a rival who knows nothing of it: each of its writes is there once.
    /// </summary>
    private async Task WriteStateAsync(StorageHost storage, int number, CancellationToken stop)
    {
        var grain = GrainId.Create("writer", $"{number}");
        var state = new HeldState();
        for (var write = 1; !stop.IsCancellationRequested; write++)
        {
            state.State = new TestState { Number = write, Bytes = new byte[write * 37 % 6000] };
            await storage.Storage.WriteStateAsync("state", grain, state, CancellationToken.None);
            _ = Interlocked.Increment(ref _changes);
            if (write % 3 == 0)
            {
                var rival = new HeldState(new TestState { Bytes = new byte[5000] });
                await Assert.ThrowsAsync<InconsistentStateException>(
                    () => storage.Storage.WriteStateAsync("state", grain, rival, CancellationToken.None));
            }

            if (write % 17 == 0)
            {
                await storage.Storage.ClearStateAsync("state", grain, state, CancellationToken.None);
            }
        }

        var stored = await storage.ReadAsync(grain);
        Assert.Equal(state.ETag, stored.ETag);
        Assert.Equal(state.State.Number, stored.State.Number);
        Assert.Equal(state.State.Bytes, stored.State.Bytes);
    }

    /// <summary>One who changes the table: each change is a version.</summary>
    private async Task ChangeMembersAsync(MembershipHost membership, CancellationToken stop)
    {
        Assert.True(await membership.InsertAsync(Silos.Entry(1)));
        var version = 1;
        while (!stop.IsCancellationRequested)
        {
            var at = Silos.Noon.AddSeconds(version);
            var entry = MembershipTableTests.AliveAt(1, at);
            entry.UpdateZone = version;
            Assert.True(await membership.UpdateAsync(entry));
            await membership.Table.UpdateIAmAliveAsync(
                MembershipTableTests.AliveAt(1, at.AddTicks(1)), CancellationToken.None);
            _ = Interlocked.Increment(ref _changes);
            var read = await membership.ReadAsync();
            Assert.Equal(++version, read.Version.Version);
            Assert.Equal(at.AddTicks(1), read.Members[0].Item1.IAmAliveTime);
        }
    }

    /// <summary>One who upserts and removes: what is upserted is there, what is removed is not.</summary>
    private async Task ChangeRemindersAsync(ReminderHost reminders, CancellationToken stop)
    {
        var grain = GrainId.Create("reminded", "one");
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var entry = ReminderTableTests.EntryOf(grain, "changing", round % 60);
            entry.ETag = await reminders.UpsertAsync(entry);
            Assert.Equal([ReminderHost.Text(entry)], await reminders.ReadAsync());
            Assert.True(await reminders.Table.RemoveRow(
                grain, "changing", entry.ETag, CancellationToken.None));
            Assert.Empty(await reminders.ReadAsync());
            _ = Interlocked.Increment(ref _changes);
        }
    }

    private async Task ChangesAsync(Task[] work)
    {
        var before = Interlocked.Read(ref _changes);
        await Eventually.True(
            () => Interlocked.Read(ref _changes) >= before + ChangesBetweenKills
                || work.Any(task => task.IsFaulted),
            Patience);
    }

    /// <summary>
    /// The server that leads the bucket of the grains, when all servers have all of all buckets: so that one
    /// of them may die.
    /// </summary>
    private async Task<NatsServer> LeaderAsync()
    {
        await using var connection = new NatsConnection(shared.Cluster.ToOptions(0));
        var context = new NatsJSContext(connection);
        var leader = "";
        foreach (var bucket in new[] { _members, _reminders, _grains })
        {
            await Eventually.True(
                async () =>
                {
                    using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                    try
                    {
                        var stream = await context.GetStreamAsync(
                            $"KV_{bucket}", cancellationToken: limit.Token);
                        leader = stream.Info.Cluster?.Leader ?? "";
                        return leader.Length > 0 && stream.Info.Cluster?.Replicas is { } others
                            && others.All(other => other is { Current: true, Offline: not true });
                    }
                    catch (Exception failure) when (failure is NatsException or OperationCanceledException)
                    {
                        return false;
                    }
                },
                Patience);
        }

        return shared.Cluster.Named(leader);
    }
}
