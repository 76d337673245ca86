using CsCheck;

namespace Orleans.JetStream.Tests.Reminders;

/// <summary>
/// Two silos upsert and remove the same few reminders at random; a dictionary says what must be there.
/// </summary>
public sealed class ReminderWalkTests(SharedNatsServer nats)
{
    private const int GrainCount = 3;
    private const int NameCount = 2;
    private const int StepCount = 300;
    private const int WalkCount = 4;

    private enum Act
    {
        Upsert,
        Remove,
        RemoveStale,
        ReadOne,
        ReadGrain,
        ReadRange,
    }

    [Fact]
    public async Task Any_sequence_of_acts_ends_as_in_the_model()
    {
        var step = Gen.Select(
            Gen.Enum<Act>(), Gen.Bool, Gen.Int[0, GrainCount - 1], Gen.Int[0, NameCount - 1], Gen.UInt);
        await step.Array[StepCount].SampleAsync(WalkAsync, iter: WalkCount, threads: 1);
    }

    private async Task WalkAsync((Act Act, bool IsOther, int Grain, int Name, uint Number)[] steps)
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await ReminderHost.StartAsync(nats.Server.ToOptions(), bucket);
        await using var other = await ReminderHost.StartAsync(nats.Server.ToOptions(), bucket);
        var model = new Dictionary<(GrainId Grain, string Name), ReminderEntry>();
        var stale = "0";
        foreach (var (act, isOther, grainNumber, nameNumber, number) in steps)
        {
            var host = isOther ? other : one;
            var grain = GrainId.Create("walker", $"{grainNumber}");
            var name = $"{nameNumber}";
            var stored = model.GetValueOrDefault((grain, name));
            switch (act)
            {
                case Act.Upsert:
                    var entry = ReminderTableTests.EntryOf(grain, name, minute: (int)(number % 1000));
                    stale = stored?.ETag ?? stale;
                    entry.ETag = await host.UpsertAsync(entry);
                    model[(grain, name)] = entry;
                    break;
                case Act.Remove:
                    Assert.Equal(
                        stored is not null,
                        await host.Table.RemoveRow(grain, name, stored?.ETag ?? stale, default));
                    stale = stored?.ETag ?? stale;
                    _ = model.Remove((grain, name));
                    break;
                case Act.RemoveStale:
                    Assert.False(await host.Table.RemoveRow(grain, name, stale, default));
                    break;
                case Act.ReadOne:
                    Assert.Equal(
                        ReminderHost.Text(stored),
                        ReminderHost.Text(await host.Table.ReadRow(grain, name, default)));
                    break;
                case Act.ReadGrain:
                    Assert.Equal(
                        Texts(model.Values.Where(row => row.GrainId == grain)),
                        Texts((await host.Table.ReadRows(grain, default)).Reminders));
                    break;
                default:
                    var end = grain.GetUniformHashCode();
                    var length = unchecked(end - number - 1);
                    Assert.Equal(
                        Texts(model.Values.Where(
                            row => unchecked(row.GrainId.GetUniformHashCode() - number - 1) <= length)),
                        await host.ReadAsync(number, end));
                    break;
            }
        }
    }

    private static string[] Texts(IEnumerable<ReminderEntry> rows) =>
        [.. rows.Select(ReminderHost.Text).Order(StringComparer.Ordinal)];
}
