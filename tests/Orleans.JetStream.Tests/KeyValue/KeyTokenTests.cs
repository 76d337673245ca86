using CsCheck;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Tests.KeyValue;

public sealed class KeyTokenTests
{
    [Theory]
    [InlineData("portfolio-7_B", "portfolio-7_B")]
    [InlineData("", "=")]
    [InlineData("a b", "=YSBi")]
    [InlineData("=YSBi", "=PVlTQmk")]
    [InlineData("тест", "=0YLQtdGB0YI")]
    public void Plain_bytes_stay_readable_and_others_are_encoded(string text, string token) =>
        Assert.Equal(token, KeyToken.Of(text));

    [Fact]
    public void Any_bytes_make_one_token_that_fits_a_subject() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            var token = KeyToken.Of(bytes);
            return token.Length is > 0 and <= 130
                && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '=');
        });

    [Fact]
    public void Different_bytes_make_different_tokens() =>
        Gen.Select(Gen.Byte.Array[0, 120], Gen.Byte.Array[0, 120]).Sample((one, other) =>
            one.AsSpan().SequenceEqual(other) == (KeyToken.Of(one) == KeyToken.Of(other)));
}
