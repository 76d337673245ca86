using System.Globalization;
using Oms.Domain.Time;

namespace Oms.Silo.Text;

/// <summary>Nanoseconds since 1970 as text and as day, both UTC.</summary>
internal static class TimeText
{
    /// <summary><c>2026-01-31T23:59:59.123456789Z</c>.</summary>
    public static string Of(long unixNanos)
    {
        long nanos = unixNanos % UnixNanos.PerSecond;
        DateTimeOffset second = new UnixNanos(unixNanos - nanos).ToDateTimeOffset();
        return string.Create(CultureInfo.InvariantCulture, $"{second:yyyy-MM-ddTHH:mm:ss}.{nanos:D9}Z");
    }

    public static DateOnly DayOf(long unixNanos) =>
        DateOnly.FromDateTime(new UnixNanos(unixNanos).ToDateTimeOffset().UtcDateTime);
}
