using Oms.Domain.Numbers;

namespace Oms.Domain.Tests;

public sealed class PowersOfTenTests
{
    [Fact]
    public void Each_power_is_ten_times_the_one_before()
    {
        Assert.Equal(1, PowersOfTen.Of(0));
        for (int exponent = 1; exponent <= DecimalText.DecimalsMax; exponent++)
        {
            Assert.Equal(PowersOfTen.Of(exponent - 1) * 10, PowersOfTen.Of(exponent));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(19)]
    public void An_exponent_outside_the_table_is_an_error(int exponent) =>
        Assert.Throws<IndexOutOfRangeException>(() => PowersOfTen.Of(exponent));
}
