namespace Oms.Domain.Time;

/// <summary>Nanoseconds since 1970-01-01 UTC, as the FastPath stamps them: never going back.</summary>
public readonly record struct UnixNanos(long Value) : IComparable<UnixNanos>
{
    public const long PerMillisecond = 1_000_000;
    public const long PerSecond = 1_000_000_000;

    public static UnixNanos Of(DateTimeOffset time) =>
        new(checked((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100));

    public DateTimeOffset ToDateTimeOffset() =>
        new(DateTimeOffset.UnixEpoch.Ticks + (Value / 100), TimeSpan.Zero);

    public int CompareTo(UnixNanos other) => Value.CompareTo(other.Value);

    public static bool operator <(UnixNanos left, UnixNanos right) => left.Value < right.Value;

    public static bool operator >(UnixNanos left, UnixNanos right) => left.Value > right.Value;

    public static bool operator <=(UnixNanos left, UnixNanos right) => left.Value <= right.Value;

    public static bool operator >=(UnixNanos left, UnixNanos right) => left.Value >= right.Value;
}
