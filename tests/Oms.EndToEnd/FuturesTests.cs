using System.Globalization;
using System.Text.Json;
using Oms.Testing;

namespace Oms.EndToEnd;

[Collection(RunningSystem.Name)]
public sealed class FuturesTests(Deployment deployment)
{
    private const string Account = "binance/sub_futures_trend";
    private const string Symbol = "ETH/USDT:USDT";

    [Fact]
    public async Task A_perpetual_is_bought_held_at_its_mark_and_sold()
    {
        JsonElement bought = Assert.Single((await deployment.Oms(
            "order", "place", Account, Symbol, "buy", "0.1", "--wait", "--json")).Expect(0).Json);
        Assert.Equal(("filled", "futures"), (Text(bought, "status"), Text(bought, "market")));

        JsonElement position = default;
        await Eventually.True(
            async () => await PositionAsync() is { } held && Text(position = held, "quantity") == "0.1"
                && held.GetProperty("unrealized_pnl").ValueKind == JsonValueKind.String,
            Deployment.ReadyDeadline,
            "the position is there, and valued");
        Assert.True(decimal.Parse(Text(position, "average_price"), CultureInfo.InvariantCulture) > 0);

        Assert.Equal("filled", Text(Assert.Single((await deployment.Oms(
            "order", "place", Account, Symbol, "sell", "0.1", "--wait", "--json")).Expect(0).Json), "status"));
        await Eventually.True(
            async () => await PositionAsync() is not { } held || Text(held, "quantity") is "0" or "0.000",
            Deployment.ReadyDeadline,
            "the position is closed");
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    /// <summary>The account has no market of that kind that is enabled, and none is named.</summary>
    [Fact]
    public async Task An_order_in_a_market_that_the_account_does_not_trade_is_refused()
    {
        JsonElement order = Assert.Single((await deployment.Oms(
            "order", "place", Account, "BTC/USDT", "buy", "0.01", "--json")).Expect(1).Json);
        Assert.Equal("rejected", Text(order, "status"));
        Assert.NotEmpty(Text(order, "reject_reason"));
    }

    private async Task<JsonElement?> PositionAsync()
    {
        foreach (JsonElement position in (await deployment.Oms("positions", "--json")).Expect(0).Json)
        {
            if (Text(position, "account") == Account && Text(position, "symbol") == Symbol)
            {
                return position;
            }
        }

        return null;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
