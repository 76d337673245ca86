using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Testing;
using Orleans.JetStream.Reminders;

namespace Orleans.JetStream.Tests.Reminders;

public sealed class ReminderOutageTests
{
    private static readonly GrainId Grain = GrainId.Create("tester", "one");

    [Fact]
    public async Task Without_a_server_every_operation_fails_within_its_bound()
    {
        var bound = TimeSpan.FromMilliseconds(600);
        await using var server = await NatsServer.StartAsync();
        await using var host = await ReminderHost.StartAsync(
            server.ToOptions(), configure: options => options.AttemptTimeout = bound / 3);
        var eTag = await host.UpsertAsync(ReminderTableTests.EntryOf(Grain, "kept"));
        await server.KillAsync();
        host.Options.OperationTimeout = bound;
        await Task.WhenAll(new Func<Task>[]
        {
            () => host.Table.ReadRow(Grain, "kept", default),
            () => host.Table.ReadRows(Grain, default),
            () => host.Table.ReadRows(0, 0, default),
            () => host.Table.UpsertRow(ReminderTableTests.EntryOf(Grain, "new"), default),
            () => host.Table.RemoveRow(Grain, "kept", eTag, default),
        }.Select(async operation =>
        {
            var started = Stopwatch.GetTimestamp();
            var failure = await Assert.ThrowsAsync<JetStreamRemindersException>(operation);
            Assert.InRange(Stopwatch.GetElapsedTime(started), bound / 2, bound * 20);
            Assert.IsType<TimeoutException>(failure.InnerException);
        }));
    }

    [Fact]
    public async Task A_killed_server_brings_no_removed_reminder_back_and_no_etag_again()
    {
        await using var server = await NatsServer.StartAsync();
        await using var host = await ReminderHost.StartAsync(server.ToOptions());
        var eTags = new HashSet<string>();
        for (var number = 0; number < 5; number++)
        {
            var eTag = await host.UpsertAsync(ReminderTableTests.EntryOf(Grain, $"{number}"));
            Assert.True(eTags.Add(eTag));
            Assert.True(number == 2 || await host.Table.RemoveRow(Grain, $"{number}", eTag, default));
        }

        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.Equal("2", Assert.Single((await host.Table.ReadRows(Grain, default)).Reminders).ReminderName);
        Assert.True(eTags.Add(await host.UpsertAsync(ReminderTableTests.EntryOf(Grain, "next"))));
    }

    [Fact]
    public async Task A_removal_whose_answer_is_lost_is_told_as_done()
    {
        await using var server = await NatsServer.StartAsync();
        await using var link = new TcpLink(server.Port);
        await using var direct = new NatsConnection(server.ToOptions());
        await using var host = await ReminderHost.StartAsync(
            server.ToOptions(link.Port),
            configure: options => options.AttemptTimeout = TimeSpan.FromMilliseconds(500));
        var eTag = await host.UpsertAsync(ReminderTableTests.EntryOf(Grain, "lost"));
        var context = new NatsJSContext(direct);
        link.LoseReplies();
        var removal = host.Table.RemoveRow(Grain, "lost", eTag, default);
        await Eventually.True(
            async () => (await context.GetStreamAsync($"KV_{host.Bucket}")).Info.State.LastSeq == 2);
        Assert.False(removal.IsCompleted);
        link.Cut();
        Assert.True(await removal);
        Assert.Null(await host.Table.ReadRow(Grain, "lost", default));
    }
}
