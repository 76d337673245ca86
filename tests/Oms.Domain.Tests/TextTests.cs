using CsCheck;
using Oms.Domain.Text;

namespace Oms.Domain.Tests;

public sealed class TextTests
{
    private static readonly Gen<string> Ascii = Gen.String[Gen.Char['\x01', '\x7f'], 0, 80];

    [Fact]
    public void Text_that_fits_comes_back() => Ascii.Sample(text =>
        (text.Length > Text16.Length || Text16.Of(text).ToString() == text)
        && (text.Length > Text32.Length || Text32.Of(text).ToString() == text)
        && (text.Length > Text64.Length || Text64.Of(text).ToString() == text));

    [Fact]
    public void Text_that_does_not_fit_is_cut() => Ascii.Sample(text =>
        Text16.OfTruncated(text).ToString() == Cut(text, Text16.Length)
        && Text32.OfTruncated(text).ToString() == Cut(text, Text32.Length)
        && Text64.OfTruncated(text).ToString() == Cut(text, Text64.Length));

    [Fact]
    public void Texts_are_equal_exactly_when_they_read_the_same() => Gen.Select(Ascii, Ascii).Sample(
        (one, other) =>
        Text16.OfTruncated(one) == Text16.OfTruncated(other) == (Cut(one, 16) == Cut(other, 16))
        && Text32.OfTruncated(one) != Text32.OfTruncated(other) == (Cut(one, 32) != Cut(other, 32))
        && Text64.OfTruncated(one).Equals((object)Text64.OfTruncated(one))
        && Text64.OfTruncated(one).GetHashCode() == Text64.OfTruncated(one).GetHashCode());

    [Fact]
    public void Foreign_characters_become_question_marks() => Gen.String.Sample(text =>
    {
        string expected = new(
            [.. Cut(text, 64).Select(character => character is >= '\x01' and <= '\x7f' ? character : '?')]);
        return Text64.OfTruncated(text).ToString() == expected;
    });

    [Theory]
    [InlineData("12345678901234567")]
    [InlineData("é")]
    [InlineData("a\0b")]
    [InlineData("€")]
    public void What_is_not_short_ascii_is_an_error(string text)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Text16.Of(text));
        Assert.Contains("16 characters", exception.Message);
        _ = Assert.Throws<ArgumentException>(() => Text32.Of(text.PadRight(33)));
        _ = Assert.Throws<ArgumentException>(() => Text64.Of(text.PadRight(65)));
    }

    [Fact]
    public void The_hash_is_the_same_in_every_process() =>
        Assert.Equal(90_366_016, Text16.Of("BTC").GetHashCode());

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
