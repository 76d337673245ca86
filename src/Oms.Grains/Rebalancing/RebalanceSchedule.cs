using Cronos;
using Oms.Domain.Time;

namespace Oms.Grains.Rebalancing;

/// <summary>When runs are due, UTC.</summary>
internal static class RebalanceSchedule
{
    /// <summary>A run that could not be made in time is made up for so long, and then left out.</summary>
    public static readonly TimeSpan LateMax = TimeSpan.FromHours(1);

    /// <summary>The first after a time; 0 for none.</summary>
    /// <param name="cron">Five fields; empty for never.</param>
    public static long Next(string cron, long afterUnixNanos) =>
        cron.Length > 0 && CronExpression.Parse(cron).GetNextOccurrence(TimeOf(afterUnixNanos)) is { } next
            ? UnixNanos.Of(next).Value
            : 0;

    /// <summary>Whether one was due between two times, the later of which is now, and is not too late.</summary>
    /// <param name="cron">Five fields; empty for never.</param>
    public static bool IsDue(string cron, long afterUnixNanos, long nowUnixNanos)
    {
        DateTime now = TimeOf(nowUnixNanos);
        DateTime after = TimeOf(afterUnixNanos);
        DateTime from = now - LateMax > after ? now - LateMax : after;
        return cron.Length > 0
            && from < now
            && CronExpression.Parse(cron)
                .GetOccurrences(from, now, fromInclusive: from != after, toInclusive: true)
                .Any();
    }

    private static DateTime TimeOf(long unixNanos) => new UnixNanos(unixNanos).ToDateTimeOffset().UtcDateTime;
}
