using NATS.Client.JetStream;

namespace Orleans.JetStream.Tests.Reminders;

/// <summary>What Orleans asks of every reminder table.</summary>
public sealed class ReminderTableTests(SharedNatsServer nats)
{
    private static readonly GrainId Grain = GrainId.Create("tester", "one");
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Names =>
    [
        "plain", "foo/bar\\#b_a_z?", "", " ", "a.b", "*", ">", "дата", "👩‍👩‍👧", "=", new string('n', 8000),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_upserted_is_read_under_its_name(string name)
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions(), serviceId: "a/service");
        var entry = EntryOf(Grain, name, minute: 7);
        entry.StartAt = entry.StartAt.AddTicks(1);
        entry.Period = TimeSpan.FromTicks(long.MaxValue);
        entry.ETag = await host.UpsertAsync(entry);
        var read = await host.Table.ReadRow(Grain, name, default);
        Assert.Equal(ReminderHost.Text(entry), ReminderHost.Text(read));
        Assert.Equal(DateTimeKind.Utc, read?.StartAt.Kind);
        Assert.Equal([ReminderHost.Text(entry)], await host.ReadAsync());
        Assert.True(await host.Table.RemoveRow(Grain, name, entry.ETag, default));
        Assert.Empty(await host.ReadAsync());
    }

    [Fact]
    public async Task A_local_time_is_stored_as_the_same_moment()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var entry = EntryOf(Grain, "local");
        entry.StartAt = Noon.ToLocalTime();
        _ = await host.UpsertAsync(entry);
        Assert.Equal(Noon, (await host.Table.ReadRow(Grain, "local", default))?.StartAt);
    }

    [Fact]
    public async Task A_reminder_that_is_not_there_is_null_and_a_grain_without_has_none()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        Assert.Null(await host.Table.ReadRow(Grain, "never", default));
        Assert.Empty((await host.Table.ReadRows(Grain, default)).Reminders);
        Assert.Empty(await host.ReadAsync());
    }

    [Fact]
    public async Task An_upsert_replaces_the_reminder_and_its_etag()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var seen = new HashSet<string>();
        for (var minute = 0; minute < 3; minute++)
        {
            var entry = EntryOf(Grain, "again", minute);
            entry.ETag = await host.UpsertAsync(entry);
            Assert.True(seen.Add(entry.ETag));
            Assert.Equal(
                [ReminderHost.Text(entry)],
                (await host.Table.ReadRows(Grain, default)).Reminders.Select(ReminderHost.Text));
        }
    }

    [Fact]
    public async Task A_grain_and_a_name_are_one_reminder()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var other = GrainId.Create("tester", "one.two");
        var entries = new[]
        {
            EntryOf(Grain, "a"), EntryOf(Grain, "b"), EntryOf(Grain, "two.a"), EntryOf(other, "a"),
        };
        foreach (var entry in entries)
        {
            entry.ETag = await host.UpsertAsync(entry);
        }

        Assert.Equal(
            entries.Take(3).Select(ReminderHost.Text).Order(StringComparer.Ordinal),
            (await host.Table.ReadRows(Grain, default)).Reminders.Select(ReminderHost.Text)
                .Order(StringComparer.Ordinal));
        Assert.True(await host.Table.RemoveRow(Grain, "a", entries[0].ETag ?? "", default));
        Assert.Equal(
            entries.Skip(1).Select(ReminderHost.Text).Order(StringComparer.Ordinal), await host.ReadAsync());
    }

    [Fact]
    public async Task A_grain_of_any_bytes_is_read_as_it_is()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var grain = GrainId.Create(GrainType.Create("tester"), new IdSpan([0xFF, 0x00, 0xC3, 0x28, 0x2F]));
        _ = await host.UpsertAsync(EntryOf(grain, "bytes"));
        Assert.Equal(grain, Assert.Single((await host.Table.ReadRows(0, 0, default)).Reminders).GrainId);
        Assert.Equal(grain, Assert.Single((await host.Table.ReadRows(grain, default)).Reminders).GrainId);
    }

    [Fact]
    public async Task A_removal_with_another_etag_or_name_removes_nothing_and_a_second_one_fails()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var old = await host.UpsertAsync(EntryOf(Grain, "a"));
        var current = await host.UpsertAsync(EntryOf(Grain, "a", minute: 1));
        var neighbour = await host.UpsertAsync(EntryOf(Grain, "b"));
        foreach (var (name, eTag) in new[]
        {
            ("a", old), ("a", neighbour), ("a", ""), ("a", "0"), ("a", "no etag of ours"),
            ("b", current), ("c", current),
        })
        {
            Assert.False(await host.Table.RemoveRow(Grain, name, eTag, default));
        }

        Assert.Equal(2, (await host.ReadAsync()).Length);
        Assert.True(await host.Table.RemoveRow(Grain, "a", current, default));
        Assert.False(await host.Table.RemoveRow(Grain, "a", current, default));
        Assert.Null(await host.Table.ReadRow(Grain, "a", default));
        Assert.NotEqual(current, await host.UpsertAsync(EntryOf(Grain, "a")));
    }

    [Fact]
    public async Task Removed_reminders_leave_nothing_behind()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        for (var number = 0; number < 5; number++)
        {
            var eTag = await host.UpsertAsync(EntryOf(Grain, $"{number}"));
            Assert.True(await host.Table.RemoveRow(Grain, $"{number}", eTag, default));
        }

        await using var connection = nats.Connect();
        var stream = await new NatsJSContext(connection).GetStreamAsync($"KV_{host.Bucket}");
        Assert.Equal(0, stream.Info.State.Messages);
    }

    [Fact]
    public async Task A_range_is_open_at_its_begin_closed_at_its_end_and_goes_around_through_zero()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var entries = Enumerable.Range(0, 20)
            .Select(number => EntryOf(GrainId.Create("tester", $"{number}"), "ranged"))
            .OrderBy(entry => entry.GrainId.GetUniformHashCode()).ToArray();
        foreach (var entry in entries)
        {
            entry.ETag = await host.UpsertAsync(entry);
        }

        var hashes = entries.Select(entry => entry.GrainId.GetUniformHashCode()).ToArray();
        foreach (var begin in new[] { 0u, hashes[0], hashes[5], hashes[19] - 1, hashes[19], uint.MaxValue })
        {
            foreach (var end in new[] { 0u, hashes[0] - 1, hashes[0], hashes[5], hashes[19], uint.MaxValue })
            {
                // One step at a time around the ring from begin, as far as end: all of it where they are
                // equal.
                var length = unchecked(end - begin - 1);
                var expected = entries.Where((_, index) => unchecked(hashes[index] - begin - 1) <= length);
                Assert.Equal(
                    expected.Select(ReminderHost.Text).Order(StringComparer.Ordinal),
                    await host.ReadAsync(begin, end));
            }
        }
    }

    [Fact]
    public async Task Parallel_upserts_of_one_reminder_have_distinct_etags_and_one_of_them_stays()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var eTags = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(minute => host.UpsertAsync(EntryOf(Grain, "raced", minute))));
        Assert.Equal(20, eTags.Distinct().Count());
        var stored = Assert.Single((await host.Table.ReadRows(Grain, default)).Reminders);
        Assert.Contains(stored.ETag, eTags);
    }

    [Fact]
    public async Task A_thousand_reminders_of_many_grains_are_all_read()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => host.UpsertAsync(
            EntryOf(GrainId.Create("tester", $"{number % 100}"), $"{number}", number))));
        Assert.Equal(1000, (await host.ReadAsync()).Distinct().Count());
        Assert.Equal(10, (await host.Table.ReadRows(GrainId.Create("tester", "7"), default)).Reminders.Count);
    }

    [Fact]
    public async Task Of_two_removals_at_once_one_succeeds()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await ReminderHost.StartAsync(nats.Server.ToOptions(), bucket);
        await using var other = await ReminderHost.StartAsync(nats.Server.ToOptions(), bucket);
        for (var round = 0; round < 20; round++)
        {
            var eTag = await one.UpsertAsync(EntryOf(Grain, "raced"));
            var outcomes = await Task.WhenAll(
                one.Table.RemoveRow(Grain, "raced", eTag, default),
                other.Table.RemoveRow(Grain, "raced", eTag, default));
            Assert.Single(outcomes, isRemoved => isRemoved);
        }
    }

    [Fact]
    public async Task Services_that_share_a_bucket_share_no_reminder()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await ReminderHost.StartAsync(nats.Server.ToOptions(), bucket, "a/service");
        await using var other = await ReminderHost.StartAsync(nats.Server.ToOptions(), bucket, "a");
        _ = await one.UpsertAsync(EntryOf(Grain, "of one"));
        var eTag = await other.UpsertAsync(EntryOf(Grain, "of other"));
        await one.Table.TestOnlyClearTable(default);
        Assert.Empty(await one.ReadAsync());
        Assert.Equal(eTag, Assert.Single((await other.Table.ReadRows(Grain, default)).Reminders).ETag);
    }

    [Fact]
    public async Task A_table_can_be_started_again_and_after_a_stop()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        await host.Table.StartAsync(default);
        var eTag = await host.UpsertAsync(EntryOf(Grain, "kept"));
        await host.Table.StopAsync(default);
        await host.Table.StartAsync(default);
        Assert.Equal(eTag, (await host.Table.ReadRow(Grain, "kept", default))?.ETag);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Table.StartAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task The_methods_without_a_token_do_the_same()
    {
        await using var host = await ReminderHost.StartAsync(nats.Server.ToOptions());
        var entry = EntryOf(Grain, "old");
        entry.ETag = await host.Table.UpsertRow(entry) ?? "";
        var text = ReminderHost.Text(entry);
        Assert.Equal(text, ReminderHost.Text(await host.Table.ReadRow(Grain, "old")));
        Assert.Equal(text, ReminderHost.Text(Assert.Single((await host.Table.ReadRows(Grain)).Reminders)));
        Assert.Equal(text, ReminderHost.Text(Assert.Single((await host.Table.ReadRows(0, 0)).Reminders)));
        Assert.True(await host.Table.RemoveRow(Grain, "old", entry.ETag));
        _ = await host.Table.UpsertRow(entry);
        await host.Table.TestOnlyClearTable();
        Assert.Empty(await host.ReadAsync());
    }

    internal static ReminderEntry EntryOf(GrainId grain, string name, int minute = 0) => new()
    {
        GrainId = grain,
        ReminderName = name,
        StartAt = Noon.AddMinutes(minute),
        Period = TimeSpan.FromMinutes(1 + minute),
    };
}
