using Orleans.Storage;

namespace Orleans.JetStream.Tests.Storage;

public sealed class RacingWritersTests(SharedNatsServer nats)
{
    private const int WriterCount = 20;
    private const int RoundCount = 20;

    [Theory]
    [InlineData(0)]
    [InlineData(3_000)]
    public async Task Of_twenty_writers_who_expect_the_same_version_one_wins(int extraBytes)
    {
        await using var first = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.ChunkBytes = 1024);
        await using var second = await StorageHost.StartAsync(nats.Server.ToOptions(), options =>
        {
            options.Bucket = first.Bucket;
            options.ChunkBytes = 1024;
        });
        await RaceAsync([first, second], RoundCount, extraBytes);
    }

    /// <summary>
    /// Each round, all writers take the same version; the first round is a race of creators.
    /// </summary>
    internal static async Task RaceAsync(StorageHost[] hosts, int roundCount, int extraBytes)
    {
        var grain = GrainId.Create("tester", $"race-{extraBytes}");
        string? eTag = null;
        for (var round = 0; round < roundCount; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(async number =>
            {
                var content = new TestState
                {
                    Number = (round * WriterCount) + number,
                    Bytes = new byte[extraBytes],
                };
                var state = new HeldState(content, eTag);
                try
                {
                    await hosts[number % hosts.Length].Storage.WriteStateAsync("state", grain, state);
                    return state;
                }
                catch (InconsistentStateException)
                {
                    return null;
                }
            }));
            var winner = Assert.Single(outcomes, outcome => outcome is not null)!;
            var stored = await hosts[0].ReadAsync(grain);
            Assert.Equal(winner.State.Number, stored.State.Number);
            Assert.Equal(winner.ETag, stored.ETag);
            eTag = winner.ETag;
        }
    }
}
