using CsCheck;
using Oms.Domain.Time;

namespace Oms.Domain.Tests;

public sealed class UnixNanosTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z",           0)]
    [InlineData("1970-01-01T01:00:00+01:00",      0)]
    [InlineData("1970-01-01T00:00:00.0000001Z",   100)]
    [InlineData("2026-01-31T12:34:56.7890123Z",   1_769_862_896_789_012_300)]
    [InlineData("1969-12-31T23:59:59Z",           -1_000_000_000)]
    public void A_time_is_nanoseconds_since_1970(string text, long nanos)
    {
        DateTimeOffset time = DateTimeOffset.Parse(text);
        Assert.Equal(nanos, UnixNanos.Of(time).Value);
        Assert.Equal(time, new UnixNanos(nanos).ToDateTimeOffset());
    }

    [Fact]
    public void Times_are_ordered_as_their_numbers() => Gen.Select(Gen.Long, Gen.Long).Sample((one, other) =>
    {
        var (first, second) = (new UnixNanos(one), new UnixNanos(other));
        return first < second == one < other && first > second == one > other
            && first <= second == one <= other && first >= second == one >= other
            && first.CompareTo(second) == one.CompareTo(other);
    });

    [Fact]
    public void A_time_beyond_2262_is_an_error() =>
        Assert.Throws<OverflowException>(
            () => UnixNanos.Of(new DateTimeOffset(2263, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
