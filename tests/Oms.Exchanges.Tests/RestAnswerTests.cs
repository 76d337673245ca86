using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Budget;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Tests;

/// <summary>The samples of rest-api.md read as the messages that they mean.</summary>
public sealed class RestAnswerTests
{
    private readonly EvidenceReader _reader = new(Some.Catalog(), Some.Account(), NullLogger.Instance);

    [Fact]
    public void Full_answer_to_a_new_order_is_its_state_and_its_fills()
    {
        RestAnswer.Order answer = JsonSerializer.Deserialize(
            Sample("Trading endpoints > New order (TRADE)", 2), RestJson.Default.Order)!;
        OrderSeen order = _reader.Order(answer, Some.Order, Some.Bitcoin, EvidenceSource.Reply);
        TradeSeen[] trades = [.. answer.Fills!.Select(fill => _reader.Fill(fill, order))];
        Assert.Equal(
            (28, ExchangeOrderStatus.Filled, 10_00000, 1_507_725_176_595_000_000),
            (order.ExchangeOrderId, order.Status, order.CumulativeQuantity, order.ExchangeUnixNanos));
        Assert.Equal([56L, 57, 58, 59, 60], trades.Select(trade => trade.TradeId));
        Assert.Equal(
            (4000_00, 1_00000, 4_00000000, Some.Tether, 28),
            (trades[0].Price, trades[0].Quantity, trades[0].Fee, trades[0].FeeAssetId,
                trades[0].ExchangeOrderId));
        Assert.Equal(order.CumulativeQuantity, trades.Sum(trade => trade.Quantity));
    }

    [Fact]
    public void Every_documented_sample_of_what_we_read_can_be_read()
    {
        foreach (string section in (string[])["Query order", "Current open orders", "All orders"])
        {
            JsonElement sample = Sample($"Account Endpoints > {section} (USER_DATA)", 0);
            JsonElement order = sample.ValueKind == JsonValueKind.Array ? sample[0] : sample;
            Assert.Equal("NEW", JsonSerializer.Deserialize(order, RestJson.Default.Order)!.Status);
        }

        RestAnswer.Order canceled = JsonSerializer.Deserialize(
            Sample("Trading endpoints > Cancel order (TRADE)", 0), RestJson.Default.Order)!;
        Assert.Equal(("myOrder1", "CANCELED"), (canceled.OrigClientOrderId, canceled.Status));
        RestAnswer.Trade trade = Assert.Single(JsonSerializer.Deserialize(
            Sample("Account Endpoints > Account trade list (USER_DATA)", 0), RestJson.Default.TradeArray)!);
        Assert.Equal((28457, "10.10000000"), (trade.Id, trade.Commission));
        Assert.Equal(2, JsonSerializer.Deserialize(
            Sample("Account Endpoints > Account information (USER_DATA)", 0),
            RestJson.Default.Account)!.Balances.Length);
        Assert.Equal(
            -1121, JsonSerializer.Deserialize(Sample("Error Codes", 0), RestJson.Default.Error)!.Code);
    }

    [Fact]
    public void Filters_become_units_of_the_last_decimal_and_zero_switches_off()
    {
        using RestClient rest = Some.Rest(new("http://127.0.0.1:1"), new FakeTimeProvider());
        var rules = new InstrumentRules(rest, RateLimits.Spot(), Some.Catalog(), SpotMarket.Rules, NullLogger.Instance);
        RestAnswer.ExchangeRules info = JsonSerializer.Deserialize(
            """
            {"symbols":[{"symbol":"BTCUSDT","status":"TRADING","isSpotTradingAllowed":true,"filters":[
            {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000",
            "tickSize":"0.05000000"},
            {"filterType":"LOT_SIZE","minQty":"0.00002000","maxQty":"9000.00000000","stepSize":"0.00000100"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"85.1","stepSize":"0.00000000"},
            {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true},
            {"filterType":"SOMETHING_NEW","limit":25}]}]}
            """, RestJson.Default.ExchangeRules)!;
        InstrumentFilters[] filters = [.. rules.Read(info)];
        Assert.Equal(
            (1u, 5L, 1L, 1_000_000_00L, 1L, 2L, 9_000_00000L, 5_00000000L),
            (filters[0].Tradable, filters[0].TickSize, filters[0].PriceMin, filters[0].PriceMax,
                filters[0].LotSize,
                filters[0].QuantityMin, filters[0].QuantityMax, filters[0].NotionalMin));
        Assert.Equal((0u, new InstrumentId(2)), (filters[1].Tradable, filters[1].InstrumentId));

        RestAnswer.ExchangeRules off = JsonSerializer.Deserialize(
            """
            {"symbols":[{"symbol":"BTCUSDT","status":"BREAK","filters":[{"filterType":"PRICE_FILTER",
            "minPrice":"0.00000000","maxPrice":"0.00000000","tickSize":"0.00000000"}]},{"symbol":"ETHBTC",
            "status":"TRADING","filters":[{"filterType":"LOT_SIZE","stepSize":"0.000000015"}]}]}
            """, RestJson.Default.ExchangeRules)!;
        filters = [.. rules.Read(off)];
        Assert.Equal(
            (0u, 1L, 0L, long.MaxValue),
            (filters[0].Tradable, filters[0].TickSize, filters[0].PriceMin, filters[0].PriceMax));
        Assert.Equal(0u, filters[1].Tradable);
    }

    private static JsonElement Sample(string section, int index)
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllBytes(Recordings.Path("payloads", "binance-spot-docs-examples", "rest-api.json")));
        return document.RootElement.GetProperty(section)[index].Clone();
    }
}
