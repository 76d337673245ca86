using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>A replacement by an account that may send no more orders.</summary>
public sealed class ReplaceLimitTests : IDisposable
{
    private const string Far = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=20000";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_does_nothing_or_cancels_only_as_it_is_told()
    {
        await using SimulatorProcess process =
            await SimulatorProcess.StartAsync(_directory.Path, "--orders-per-day", "2");
        long first = await PlaceAsync(process.Rest);
        long second = await PlaceAsync(process.Rest);
        const long Nobody = 999_999;
        //       exceeded, mode, the order to cancel -> status, code
        Assert.Equal((429, -1015, ""), await ReplaceAsync(process.Rest, "DO_NOTHING", "ALLOW_FAILURE", first));
        Assert.Equal(
            (400, -2022, "FAILURE"), await ReplaceAsync(process.Rest, "CANCEL_ONLY", "ALLOW_FAILURE", Nobody));
        Assert.Equal(
            (429, -2022, "NOT_ATTEMPTED"),
            await ReplaceAsync(process.Rest, "CANCEL_ONLY", "STOP_ON_FAILURE", Nobody));
        Assert.Equal("NEW", await StatusAsync(process.Rest, first));
        Assert.Equal(
            (429, -2021, "FAILURE"), await ReplaceAsync(process.Rest, "CANCEL_ONLY", "STOP_ON_FAILURE", first));
        Assert.Equal(
            (409, -2021, "FAILURE"), await ReplaceAsync(process.Rest, "CANCEL_ONLY", "ALLOW_FAILURE", second));
        Assert.Equal("CANCELED", await StatusAsync(process.Rest, first));
        Assert.Equal("CANCELED", await StatusAsync(process.Rest, second));
    }

    private static async Task<(int Status, int Code, string Placed)> ReplaceAsync(
        HttpClient rest, string exceeded, string mode, long orderId)
    {
        (int status, JsonElement body, _) = await rest.SendAsync(
            "POST", "/api/v3/order/cancelReplace",
            $"{Far}&orderRateLimitExceededMode={exceeded}&cancelReplaceMode={mode}&cancelOrderId={orderId}");
        string placed = body.TryGetProperty("data", out JsonElement data)
            ? data.GetProperty("newOrderResult").GetString() ?? ""
            : "";
        return (status, body.GetProperty("code").GetInt32(), placed);
    }

    private static async Task<long> PlaceAsync(HttpClient rest) =>
        (await rest.SendAsync("POST", "/api/v3/order", Far)).Body.GetProperty("orderId").GetInt64();

    private static async Task<string?> StatusAsync(HttpClient rest, long orderId) =>
        (await rest.SendAsync("GET", "/api/v3/order", $"symbol=BTCUSDT&orderId={orderId}")).Body
            .GetProperty("status").GetString();
}
