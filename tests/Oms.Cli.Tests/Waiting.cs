using System.Diagnostics;

namespace Oms.Cli.Tests;

/// <summary>Waits for a condition of another process, with a deadline.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, $"waited in vain for: {what}");
            _ = await timer.WaitForNextTickAsync();
        }
    }
}
