using CsCheck;
using Oms.Gateway.Api;

namespace Oms.Gateway.Tests;

public sealed class DisplayMathTests
{
    [Fact]
    public void An_average_price_is_the_quotient_rounded_half_to_even() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000], Gen.Long[1, 1_000_000_000]).Sample((notional, quantity) =>
        {
            decimal expected = Math.Round(notional / 1e8m / (quantity / 1e5m), 2, MidpointRounding.ToEven);
            Assert.Equal((Int128)(expected * 100), DisplayMath.AveragePrice(notional, 8, quantity, 5, 2));
        });

    [Theory]
    [InlineData(25, 10, 2)]
    [InlineData(35, 10, 4)]
    [InlineData(-25, 10, 2)]
    [InlineData(26, 10, 3)]
    public void Half_goes_to_even(long notional, long quantity, long expected) =>
        Assert.Equal((Int128)expected, DisplayMath.AveragePrice(notional, 0, quantity, 0, 0));

    [Fact]
    public void A_notional_is_price_times_signed_quantity()
    {
        Assert.Equal((Int128)100_020_000_000, DisplayMath.Notional(5_001_000, 2, 2_000_000, 8, 8));
        Assert.Equal((Int128)(-2), DisplayMath.Notional(25, 1, -1, 0, 0));
    }
}
