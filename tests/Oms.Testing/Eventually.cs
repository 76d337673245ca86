using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Oms.Testing;

/// <summary>Waits for what must come true: polls a condition until it holds or its deadline passes.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">The condition did not hold in time; the message carries its
    /// source.</exception>
    public static Task True(
        Func<bool> condition,
        TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        True(() => Task.FromResult(condition()), deadline, expression);

    /// <exception cref="TimeoutException">The condition did not hold in time; the message carries its
    /// source.</exception>
    public static async Task True(
        Func<Task<bool>> condition,
        TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        var limit = deadline ?? DefaultDeadline;
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not true after {limit.TotalSeconds:0.###} s: {expression}");
            }

            await Task.Delay(PollInterval);
        }
    }
}
