using System.Numerics;
using CsCheck;
using Oms.Domain.Numbers;

namespace Oms.Domain.Tests;

public sealed class RoundingTests
{
    private static readonly Gen<Int128> Dividends =
        Gen.Select(Gen.Long, Gen.Long[0, 1_000_000_000], (high, low) => ((Int128)high * 1_000_000_007) + low);

    [Theory]
    //          dividend  divisor  down  up
    [InlineData(0,        3,       0,    0)]
    [InlineData(6,        3,       2,    2)]
    [InlineData(7,        3,       2,    3)]
    [InlineData(8,        3,       2,    3)]
    [InlineData(1,        3,       0,    1)]
    [InlineData(-1,       3,       -1,   0)]
    [InlineData(-6,       3,       -2,   -2)]
    [InlineData(-7,       3,       -3,   -2)]
    [InlineData(-8,       3,       -3,   -2)]
    [InlineData(5,        1,       5,    5)]
    public void Division_rounds_as_its_name_says(long dividend, long divisor, long down, long up)
    {
        Assert.Equal(down, (long)Rounding.DivideRoundingDown(dividend, divisor));
        Assert.Equal(up, (long)Rounding.DivideRoundingUp(dividend, divisor));
    }

    [Theory]
    //          mantissa  from  to   down     up
    [InlineData(1_234,    2,    2,   1_234,   1_234)]
    [InlineData(1_234,    2,    4,   123_400, 123_400)]
    [InlineData(1_200,    2,    0,   12,      12)]
    [InlineData(1_234,    2,    0,   12,      13)]
    [InlineData(1_234,    2,    1,   123,     124)]
    [InlineData(-1_234,   2,    1,   -124,    -123)]
    [InlineData(1,        18,   0,   0,       1)]
    public void Rescaling_loses_digits_only_in_the_named_direction(
        long mantissa, int from, int to, long down, long up)
    {
        Assert.Equal(down, (long)Rounding.RescaleRoundingDown(mantissa, from, to));
        Assert.Equal(up, (long)Rounding.RescaleRoundingUp(mantissa, from, to));
    }

    [Fact]
    public void The_quotients_enclose_the_exact_one() =>
        Gen.Select(Dividends, Gen.Long[1, long.MaxValue]).Sample((dividend, divisor) =>
        {
            BigInteger down = (BigInteger)Rounding.DivideRoundingDown(dividend, divisor);
            BigInteger up = (BigInteger)Rounding.DivideRoundingUp(dividend, divisor);
            BigInteger exact = (BigInteger)dividend;
            BigInteger by = divisor;
            bool divides = (exact % by).IsZero;
            return down * by <= exact && exact < (down + 1) * by
                && up * by >= exact && exact > (up - 1) * by
                && up - down == (divides ? 0 : 1);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_divisor_that_is_not_positive_is_impossible(long divisor)
    {
        _ = Assert.Throws<InvariantBrokenException>(() => Rounding.DivideRoundingDown(1, divisor));
        _ = Assert.Throws<InvariantBrokenException>(() => Rounding.DivideRoundingUp(1, divisor));
    }
}
