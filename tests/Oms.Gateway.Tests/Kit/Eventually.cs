using System.Diagnostics;

namespace Oms.Gateway.Tests.Kit;

/// <summary>Waits for a condition, with an end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"not within {Patience.TotalSeconds} s: {what}");
            }

            await Task.Delay(5);
        }
    }
}
