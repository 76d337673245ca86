using CsCheck;
using Oms.Domain.Accounts;

namespace Oms.Domain.Tests;

public sealed class AccountNameTests
{
    [Theory]
    [InlineData("binance/binance_main",   "binance", "binance_main")]
    [InlineData("okx/a",                  "okx",     "a")]
    [InlineData("x_1/2_y",                "x_1",     "2_y")]
    public void A_name_is_exchange_and_account(string text, string exchange, string account)
    {
        Assert.True(AccountName.TryParse(text, out AccountName name));
        Assert.Equal(new AccountName(exchange, account), name);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("binance")]
    [InlineData("binance/")]
    [InlineData("/main")]
    [InlineData("binance/main/x")]
    [InlineData("binance//main")]
    [InlineData("Binance/main")]
    [InlineData("binance/ma in")]
    [InlineData("binance/ma.in")]
    [InlineData("binance/*")]
    [InlineData("binance/>")]
    [InlineData("binance/..")]
    [InlineData("binance/mäin")]
    [InlineData("binance/main\n")]
    [InlineData("binance\\main")]
    public void Other_text_is_no_name(string? text)
    {
        Assert.False(AccountName.TryParse(text, out AccountName name));
        Assert.Equal(default, name);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_name_is_at_most_64_characters_long(int length, bool isName) =>
        Assert.Equal(isName, AccountName.TryParse("e/".PadRight(length, 'a'), out _));

    [Fact]
    public void Hostile_text_is_refused_or_comes_back_as_it_is() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab_1/."], 0, 70]).Sample(text =>
            !AccountName.TryParse(text, out AccountName name) || name.ToString() == text);
}
