using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Domain.Accounts;
using Oms.Testing;
using Oms.V1;

namespace Oms.EndToEnd;

[Collection(RunningSystem.Name)]
public sealed class FirstOrderTests(Deployment deployment)
{
    [Fact]
    public async Task A_market_order_fills_and_shows_everywhere()
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/sub_spot_arb", "BTC/USDT", "buy", "0.01", "--wait", "--json");

        JsonElement order = Assert.Single(placed.Expect(0).Json);
        Assert.Equal("filled", Text(order, "status"));
        Assert.Equal("binance/sub_spot_arb", Text(order, "account"));
        Assert.Equal("spot", Text(order, "market"));
        Assert.Equal("BTC/USDT", Text(order, "symbol"));
        Assert.Equal(0.01m, Number(order, "quantity"));
        Assert.Equal(0.01m, Number(order, "filled_quantity"));
        foreach (string stage in new[] { "gateway", "ring", "risk", "connector", "exchange", "back" })
        {
            Assert.True(order.GetProperty("stages_us").GetProperty(stage).GetDecimal() >= 0, stage);
        }

        await ShowsInPositions();
        string clientOrderId = Text(order, "client_order_id");
        await ShowsInFills(clientOrderId);
        await ShowsInJetStream(clientOrderId);
        await ShowsInTradesFile(clientOrderId);
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    [Fact]
    public async Task A_resting_order_shows_as_open_until_it_is_canceled()
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/main", "ETH/USDT", "buy", "0.5", "--limit", "1000",
            "--client-order-id", "resting-1", "--json");
        Assert.Equal("limit", Text(Assert.Single(placed.Expect(0).Json), "type"));

        await Eventually.True(
            async () => await StatusOf("resting-1") == "new", Deployment.ReadyDeadline, "the order rests");
        JsonElement usdt = (await deployment.Oms("balances", "--json")).Expect(0).Json
            .Single(row => Text(row, "account") == "binance/main" && Text(row, "asset") == "USDT");
        Assert.True(Number(usdt, "reserved") >= 500m);

        CommandResult canceled = await deployment.Oms(
            "order", "cancel", "binance/main", "--client-order-id", "resting-1", "--json");
        _ = Assert.Single(canceled.Expect(0).Json);
        await Eventually.True(
            async () => await StatusOf("resting-1") == "canceled",
            Deployment.ReadyDeadline,
            "the order is canceled");
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    [Fact]
    public async Task Books_are_told_as_deep_as_configured()
    {
        const int Levels = 20;
        var client = new MarketDataService.MarketDataServiceClient(deployment.Channel);
        ConsolidatedBook? book = null;
        await Eventually.True(
            async () => (book = (await client.GetConsolidatedBookAsync(
                new() { Market = Market.Spot, Symbol = "BTC/USDT", Depth = Levels })).Book).BidLevels.Count == Levels,
            Deployment.ReadyDeadline,
            "the book is there");

        decimal[] bids = [.. book!.BidLevels.Select(level => Number(level.Price))];
        decimal[] asks = [.. book.AskLevels.Select(level => Number(level.Price))];
        Assert.Equal(Levels, asks.Length);
        Assert.Equal(bids.OrderDescending(), bids);
        Assert.Equal(asks.Order(), asks);
        Assert.True(bids[0] < asks[0]);
        Assert.All(book.BidLevels.Concat(book.AskLevels), level =>
            Assert.Equal(Number(level.Quantity), level.Parts.Sum(part => Number(part.Quantity))));

        static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_market_that_is_not_enabled_refuses_with_the_reason()
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/sub_futures_trend", "BTC/USDT", "buy", "0.01", "--market", "spot",
            "--json");

        JsonElement order = Assert.Single(placed.Expect(1).Json);
        Assert.Equal("rejected", Text(order, "status"));
        Assert.Equal("market_not_enabled", Text(order, "reject_reason"));
    }

    [Theory]
    [InlineData("0.01", "1000000", "price_outside_collar")]
    [InlineData("5", "50000", "notional_above_limit")]
    [InlineData("0.00001", "50000", "notional_below_min")]
    public async Task Risk_refuses_before_anything_leaves(string quantity, string price, string reason)
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/main", "BTC/USDT", "buy", quantity, "--limit", price, "--json");

        JsonElement order = Assert.Single(placed.Expect(1).Json);
        Assert.Equal("rejected", Text(order, "status"));
        Assert.Equal(reason, Text(order, "reject_reason"));
    }

    [Theory]
    [InlineData("0.01", "50000.001", "price: has more than 2 decimals")]
    [InlineData("0.000011", "50000", "quantity: has more than 5 decimals")]
    public async Task More_decimals_than_the_instrument_has_are_wrong_usage(
        string quantity, string price, string message)
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/main", "BTC/USDT", "buy", quantity, "--limit", price, "--json");

        Assert.Contains(message, placed.Expect(2).Errors, StringComparison.Ordinal);
        Assert.Empty(placed.Output);
    }

    [Fact]
    public async Task More_than_the_balance_is_refused()
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/sub_spot_arb", "BTC/USDT", "buy", "1", "--limit", "50000", "--json");

        Assert.Equal("insufficient_balance", Text(Assert.Single(placed.Expect(1).Json), "reject_reason"));
    }

    [Theory]
    [InlineData("order", "place", "binance/main", "BTC/USDT", "buy", "one")]
    [InlineData("order", "place", "binance/main", "BTC/USDT", "hold", "1")]
    [InlineData("order", "place", "main", "BTC/USDT", "buy", "1")]
    [InlineData("order", "fly")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        CommandResult result = await deployment.Oms(arguments);

        Assert.NotEmpty(result.Expect(2).Errors);
    }

    private async Task ShowsInPositions()
    {
        JsonElement position = (await deployment.Oms("positions", "--json")).Expect(0).Json
            .Single(row =>
                Text(row, "account") == "binance/sub_spot_arb" && Text(row, "symbol") == "BTC/USDT");
        Assert.Equal("spot", Text(position, "market"));
        Assert.True(Number(position, "quantity") > 0);
        Assert.True(Number(position, "average_price") > 0);
        Assert.True(position.TryGetProperty("position_side", out _));
        Assert.True(position.TryGetProperty("realized_pnl", out _));
        Assert.True(position.TryGetProperty("unrealized_pnl", out _));
    }

    private async Task ShowsInFills(string clientOrderId)
    {
        IReadOnlyList<JsonElement> fills = (await deployment.Oms("fills", "--json")).Expect(0).Json;
        JsonElement[] own = [.. fills.Where(fill => Text(fill, "client_order_id") == clientOrderId)];
        Assert.Equal(0.01m, own.Sum(fill => Number(fill, "quantity")));
        Assert.All(own, fill =>
        {
            Assert.Equal("BTC", Text(fill, "fee_asset"));
            Assert.Equal(Number(fill, "quantity") * 0.001m, Number(fill, "fee"));
            Assert.NotEmpty(Text(fill, "trade_id"));
        });
    }

    private async Task ShowsInJetStream(string clientOrderId)
    {
        await using NatsConnection connection = await deployment.ConnectToNatsAsync();
        var jetStream = new NatsJSContext(connection);
        const string Subject = "trades.binance.sub_spot_arb.spot.BTCUSDT";
        await Eventually.True(
            async () =>
            {
                await foreach (string name in jetStream.ListStreamNamesAsync(Subject))
                {
                    INatsJSStream stream = await jetStream.GetStreamAsync(name);
                    StreamMsgGetResponse last =
                        await stream.GetAsync(new StreamMsgGetRequest { LastBySubj = Subject });
                    return JsonSerializer.Deserialize<JsonElement>(last.Message.Data.Span)
                        .GetProperty("client_order_id").GetString() == clientOrderId;
                }

                return false;
            },
            TimeSpan.FromSeconds(30),
            $"the trade is on {Subject}");
    }

    private Task ShowsInTradesFile(string clientOrderId) => Eventually.True(
        () =>
        {
            var account = new AccountName("binance", "sub_spot_arb");
            string path = Path.Combine(
                deployment.Data.AccountLogs(account, DateOnly.FromDateTime(DateTime.UtcNow)), "trades.jsonl");
            return File.Exists(path)
                && File.ReadLines(path).Any(line => line.Contains(clientOrderId, StringComparison.Ordinal));
        },
        TimeSpan.FromSeconds(30),
        "the trade is in today's trades.jsonl");

    private async Task<string?> StatusOf(string clientOrderId) =>
        (await deployment.Oms("orders", "--account", "binance/main", "--json")).Expect(0).Json
            .Where(order => Text(order, "client_order_id") == clientOrderId)
            .Select(order => Text(order, "status"))
            .SingleOrDefault();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement row, string name) =>
        decimal.Parse(Text(row, name), CultureInfo.InvariantCulture);
}
