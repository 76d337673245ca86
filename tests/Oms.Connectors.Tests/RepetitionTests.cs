using Microsoft.Extensions.Time.Testing;

namespace Oms.Connectors.Tests;

public sealed class RepetitionTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    private readonly FakeTimeProvider _time = new();
    private int _asked;

    [Fact]
    public async Task It_asks_until_the_answer_is_one_and_only_after_a_pause()
    {
        var repetition = new Repetition<int>(static answer => answer < 3, First, Longest, _time);
        Task<int> asking = repetition.Ask(_ => Task.FromResult(++_asked), CancellationToken.None);
        Assert.Equal(1, _asked);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, _asked);
        await Testing.Eventually.True(() =>
        {
            _time.Advance(Longest);
            return asking.IsCompleted;
        });
        Assert.Equal(3, await asking);
    }

    [Fact]
    public async Task Of_so_many_answers_the_last_counts()
    {
        var repetition = new Repetition<int>(static _ => true, First, Longest, _time, timesMax: 2);
        Task<int> asking = repetition.Ask(_ => Task.FromResult(++_asked), CancellationToken.None);
        await Testing.Eventually.True(() =>
        {
            _time.Advance(Longest);
            return asking.IsCompleted;
        });
        Assert.Equal(3, await asking);
    }

    [Fact]
    public async Task A_failure_of_ours_is_not_asked_again()
    {
        var repetition = new Repetition<int>(static _ => true, First, Longest, _time);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => repetition.Ask(
            _ => throw new InvalidOperationException($"{++_asked}"), CancellationToken.None));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task It_ends_in_a_pause_when_nobody_waits_any_more()
    {
        using var stop = new CancellationTokenSource();
        var repetition = new Repetition<int>(static _ => true, First, Longest, _time);
        Task<int> asking = repetition.Ask(_ => Task.FromResult(++_asked), stop.Token);
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(1, _asked);
    }
}
