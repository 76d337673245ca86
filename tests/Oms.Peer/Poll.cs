using System.Diagnostics;

namespace Oms.Peer;

/// <summary>Looks again and again until something holds, and never sleeps.</summary>
public static class Poll
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">The condition did not come to hold within a minute.</exception>
    public static void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > AgeMax)
            {
                throw new TimeoutException("what was waited for did not happen within a minute");
            }

            _ = Thread.Yield();
        }
    }
}
