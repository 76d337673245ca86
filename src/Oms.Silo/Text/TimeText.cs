using System.Globalization;
using Oms.Domain.Time;

namespace Oms.Silo.Text;

/// <summary>Nanoseconds since 1970 as text and as day, both UTC.</summary>
internal static class TimeText
{
    private const int Length = 30;

    /// <summary><c>2026-01-31T23:59:59.123456789Z</c>.</summary>
    public static string Of(long unixNanos) => string.Create(Length, unixNanos, static (text, nanos) =>
    {
        long fraction = nanos % UnixNanos.PerSecond;
        DateTime second = new UnixNanos(nanos - fraction).ToDateTimeOffset().UtcDateTime;
        _ = second.TryFormat(text, out int written, "s", CultureInfo.InvariantCulture);
        text[written] = '.';
        _ = fraction.TryFormat(text[(written + 1)..], out _, "D9", CultureInfo.InvariantCulture);
        text[^1] = 'Z';
    });

    public static DateOnly DayOf(long unixNanos) =>
        DateOnly.FromDateTime(new UnixNanos(unixNanos).ToDateTimeOffset().UtcDateTime);
}
