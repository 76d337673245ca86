using CsCheck;
using Oms.Domain.Ids;

namespace Oms.Domain.Tests;

public sealed class ClientOrderIdTests
{
    private const string Allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-";

    [Theory]
    [InlineData("1")]
    [InlineData("basis-7:2026/01/31_a.b")]
    [InlineData("123456789012345678901234567890123456")]
    public void Allowed_text_comes_back(string text)
    {
        Assert.True(ClientOrderId.TryParse(text, out ClientOrderId id));
        Assert.Equal(text, id.ToString());
        Assert.False(id.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567890123456789012345678901234567")]
    [InlineData("a b")]
    [InlineData("a\0")]
    [InlineData("\0a")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a,b")]
    [InlineData("a*")]
    [InlineData("a>b")]
    [InlineData("a\\b")]
    [InlineData("💣")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(ClientOrderId.TryParse(text, out ClientOrderId id));
        Assert.True(id.IsEmpty);
        Assert.Equal("", id.ToString());
    }

    [Fact]
    public void Ids_are_equal_exactly_when_their_texts_are() =>
        Gen.Select(Gen.String[Gen.Char[Allowed], 1, 36], Gen.String[Gen.Char["ab"], 1, 3]).Sample(
            (one, other) =>
            ClientOrderId.TryParse(one, out ClientOrderId first)
            && ClientOrderId.TryParse(one, out ClientOrderId again)
            && ClientOrderId.TryParse(other, out ClientOrderId second)
            && first == again && first.GetHashCode() == again.GetHashCode() && first.Equals((object)again)
            && first == second == (one == other) && first != second == (one != other));

    [Fact]
    public void Hostile_text_is_refused_or_comes_back_as_it_is() =>
        Gen.String.Sample(
            text => !ClientOrderId.TryParse(text, out ClientOrderId id) || id.ToString() == text);
}
