using CsCheck;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Storage;

/// <summary>Two holders of each record act at random; a dictionary says what must come of it.</summary>
public sealed class ModelWalkTests(SharedNatsServer nats)
{
    private const int RecordCount = 3;
    private const int HolderCount = 2;
    private const int StepCount = 400;
    private const int WalkCount = 5;

    private enum Act
    {
        Read,
        Write,
        Clear,
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_sequence_of_acts_ends_as_in_the_model(bool deleteOnClear)
    {
        await using var host = await StorageHost.StartAsync(nats.Server.ToOptions(), options =>
        {
            options.DeleteStateOnClear = deleteOnClear;
            options.ChunkBytes = 1024;
        });
        var walks = 0;
        var step = Gen.Select(
            Gen.Enum<Act>(), Gen.Int[0, RecordCount - 1], Gen.Int[0, HolderCount - 1], Gen.Int[0, 3_000]);
        await step.Array[StepCount].SampleAsync(
            steps => WalkAsync(host, steps, Interlocked.Increment(ref walks), deleteOnClear),
            iter: WalkCount,
            threads: 1);
    }

    private static async Task WalkAsync(
        StorageHost host,
        (Act Act, int Record, int Holder, int Length)[] steps,
        int walk,
        bool deleteOnClear)
    {
        var model = new Dictionary<int, (string? ETag, byte[]? Content)>();
        var holders = Enumerable.Range(0, RecordCount * HolderCount)
            .Select(_ => new HeldState()).ToArray();
        foreach (var (act, record, holder, length) in steps)
        {
            var state = holders[(record * HolderCount) + holder];
            var grain = GrainId.Create("walker", $"{walk}-{record}");
            var stored = model.GetValueOrDefault(record);
            var isCurrent = state.ETag == stored.ETag;
            switch (act)
            {
                case Act.Read:
                    await host.Storage.ReadStateAsync("state", grain, state);
                    Assert.Equal(stored.ETag, state.ETag);
                    Assert.Equal(stored.Content is not null, state.RecordExists);
                    Assert.Equal(stored.Content ?? [], state.State.Bytes);
                    break;
                case Act.Write:
                    state.State = new TestState { Bytes = new byte[length] };
                    await Expect(isCurrent, () => host.Storage.WriteStateAsync("state", grain, state));
                    model[record] = isCurrent ? (state.ETag, state.State.Bytes) : stored;
                    Assert.True(!isCurrent || (state.RecordExists && state.ETag != stored.ETag));
                    break;
                default:
                    await Expect(isCurrent, () => host.Storage.ClearStateAsync("state", grain, state));
                    model[record] = isCurrent ? (state.ETag, null) : stored;
                    Assert.True(!isCurrent || deleteOnClear == state.ETag is null);
                    break;
            }
        }
    }

    private static async Task Expect(bool isCurrent, Func<Task> act)
    {
        if (isCurrent)
        {
            await act();
        }
        else
        {
            await Assert.ThrowsAsync<InconsistentStateException>(act);
        }
    }
}
