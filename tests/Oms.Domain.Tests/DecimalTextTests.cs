using System.Globalization;
using System.Text;
using CsCheck;
using Oms.Domain.Numbers;

namespace Oms.Domain.Tests;

public sealed class DecimalTextTests
{
    [Theory]
    //          text                       decimals  mantissa
    [InlineData("0",                       0,        0)]
    [InlineData("0",                       8,        0)]
    [InlineData("-0",                      2,        0)]
    [InlineData("0.00000001",              8,        1)]
    [InlineData("-0.00000001",             8,        -1)]
    [InlineData("1",                       8,        100_000_000)]
    [InlineData("1.5",                     1,        15)]
    [InlineData("1.50",                    1,        15)]
    [InlineData("1.500000000000000000000", 1,        15)]
    [InlineData("007.10",                  2,        710)]
    [InlineData("67512.34",                2,        6_751_234)]
    [InlineData("-67512.34",               2,        -6_751_234)]
    [InlineData("9223372036854775807",     0,        long.MaxValue)]
    [InlineData("-9223372036854775807",    0,        -long.MaxValue)]
    [InlineData("9.223372036854775807",    18,       long.MaxValue)]
    [InlineData("92233720368.54775807",    8,        long.MaxValue)]
    public void Text_is_parsed_exactly(string text, int decimals, long mantissa)
    {
        Assert.True(DecimalText.TryParse(text, decimals, out long parsed));
        Assert.Equal(mantissa, parsed);
        Assert.True(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), decimals, out parsed));
        Assert.Equal(mantissa, parsed);
    }

    [Theory]
    //          text                                  decimals
    [InlineData("",                                   2)]
    [InlineData("-",                                  2)]
    [InlineData(".",                                  2)]
    [InlineData("-.",                                 2)]
    [InlineData("1.",                                 2)]
    [InlineData(".5",                                 2)]
    [InlineData("+1",                                 2)]
    [InlineData("--1",                                2)]
    [InlineData("1-",                                 2)]
    [InlineData("1.2.3",                              2)]
    [InlineData("1.-2",                               2)]
    [InlineData("1,5",                                2)]
    [InlineData("1_000",                              2)]
    [InlineData("1e3",                                2)]
    [InlineData("1E3",                                2)]
    [InlineData("0x10",                               2)]
    [InlineData(" 1",                                 2)]
    [InlineData("1 ",                                 2)]
    [InlineData("1\n",                                2)]
    [InlineData("1\0",                                2)]
    [InlineData("NaN",                                2)]
    [InlineData("Infinity",                           2)]
    [InlineData("１",                                 2)]
    [InlineData("٣",                                  2)]
    [InlineData("1.005",                              2)]
    [InlineData("0.001",                              2)]
    [InlineData("0.5",                                0)]
    [InlineData("9223372036854775808",                0)]
    [InlineData("-9223372036854775808",               0)]
    [InlineData("92233720368547758.08",               2)]
    [InlineData("9.223372036854775808",               18)]
    [InlineData("10",                                 18)]
    [InlineData("99999999999999999999999999999999",   0)]
    [InlineData("340282366920938463463374607431768211456", 0)]
    public void Malformed_inexact_or_large_text_is_refused(string text, int decimals)
    {
        Assert.False(DecimalText.TryParse(text, decimals, out long mantissa));
        Assert.Equal(0, mantissa);
        Assert.False(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), decimals, out mantissa));
        Assert.Equal(0, mantissa);
    }

    [Fact]
    public void No_text_is_no_number() => Assert.False(DecimalText.TryParse((string?)null, 2, out _));

    [Fact]
    public void Overlong_text_is_refused_without_a_look() =>
        Assert.False(DecimalText.TryParse("1." + new string('0', 63), 2, out _));

    [Theory]
    //          mantissa        decimals  text                     short
    [InlineData(0,              0,        "0",                     "0")]
    [InlineData(0,              8,        "0.00000000",            "0")]
    [InlineData(1,              8,        "0.00000001",            "0.00000001")]
    [InlineData(-1,             8,        "-0.00000001",           "-0.00000001")]
    [InlineData(100,            2,        "1.00",                  "1")]
    [InlineData(-150,           2,        "-1.50",                 "-1.5")]
    [InlineData(1_000,          0,        "1000",                  "1000")]
    [InlineData(1_000,          3,        "1.000",                 "1")]
    [InlineData(100_000,        2,        "1000.00",               "1000")]
    [InlineData(long.MaxValue,  18,       "9.223372036854775807",  "9.223372036854775807")]
    [InlineData(long.MinValue,  0,        "-9223372036854775808",  "-9223372036854775808")]
    [InlineData(long.MinValue,  18,       "-9.223372036854775808", "-9.223372036854775808")]
    public void Mantissas_are_written_with_all_decimals_or_the_needed_ones(
        long mantissa, int decimals, string text, string shortText)
    {
        Assert.Equal(text, DecimalText.Format(mantissa, decimals));
        Assert.Equal(shortText, DecimalText.FormatShort(mantissa, decimals));
    }

    [Theory]
    [InlineData("50000.0001",              18, "50000000100000000000000")]
    [InlineData("-18.446744073709551616",  18, "-18446744073709551616")]
    [InlineData("170141183460469231731687303715884105727", 0, "170141183460469231731687303715884105727")]
    public void Wide_mantissas_are_written_too(string text, int decimals, string mantissa) => Assert.Equal(
        text, DecimalText.FormatShort(Int128.Parse(mantissa, CultureInfo.InvariantCulture), decimals));

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(Gen.Long[-long.MaxValue, long.MaxValue], Gen.Int[0, DecimalText.DecimalsMax]).Sample(
            (mantissa, decimals) =>
            DecimalText.TryParse(DecimalText.Format(mantissa, decimals), decimals, out long full)
            && full == mantissa
            && DecimalText.TryParse(DecimalText.FormatShort(mantissa, decimals), decimals, out long brief)
            && brief == mantissa);

    [Fact]
    public void Text_is_what_decimal_says_it_is() =>
        Gen.Select(Gen.Long, Gen.Int[0, DecimalText.DecimalsMax]).Sample((mantissa, decimals) =>
        {
            decimal value = mantissa / (decimal)PowersOfTen.Of(decimals);
            decimal written = decimal.Parse(
                DecimalText.Format(mantissa, decimals), CultureInfo.InvariantCulture);
            return written == value;
        });

    [Fact]
    public void Any_decimal_is_parsed_if_and_only_if_it_is_exact() =>
        Gen.Select(Gen.Long[-999_999_999_999, 999_999_999_999], Gen.Int[0, 12], Gen.Int[0, 12]).Sample(
            (digits, scale, decimals) =>
        {
            decimal value = digits / (decimal)PowersOfTen.Of(scale);
            decimal scaled = value * PowersOfTen.Of(decimals);
            bool isExact = scaled == decimal.Truncate(scaled) && Math.Abs(scaled) <= long.MaxValue;
            bool isParsed = DecimalText.TryParse(
                value.ToString(CultureInfo.InvariantCulture), decimals, out long mantissa);
            return isParsed == isExact && (!isParsed || mantissa == scaled);
        });

    [Fact]
    public void Hostile_bytes_never_throw() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[0, DecimalText.DecimalsMax]).Sample((bytes, decimals) =>
            DecimalText.TryParse(bytes, decimals, out long mantissa) || mantissa == 0);

    [Fact]
    public void Parsing_bytes_allocates_nothing()
    {
        byte[] text = "67512.34000000"u8.ToArray();
        long before = 0;
        int parsed = 0;
        for (int round = 0; round < 2_000; round++)
        {
            before = round == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            parsed += DecimalText.TryParse(text, 8, out _) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2_000, parsed);
    }
}
