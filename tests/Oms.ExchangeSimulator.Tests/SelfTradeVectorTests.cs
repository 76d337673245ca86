using System.Text.Json;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>The exchange's own scenarios of self-trade prevention, at a thousand times its prices.</summary>
public sealed class SelfTradeVectorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private TestExchange _test;

    public SelfTradeVectorTests() => _test = new TestExchange(_directory.Path);

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Theory]
    //          makers (quantity@price), their mode, taker, its mode; what becomes of makers and taker (state:prevented)
    [InlineData("1.2@1200 1.3@1100 8.1@1000", "ExpireMaker", "3@1000", "ExpireMaker",
        "ExpiredInMatch:1.2 ExpiredInMatch:1.3 ExpiredInMatch:8.1", "New:0")]
    [InlineData("1.2@1200 1.3@1100 8.1@1000", "ExpireMaker", "3@1000", "ExpireTaker",
        "New:0 New:0 New:0", "ExpiredInMatch:3")]
    [InlineData("1@1000", "ExpireMaker", "3@1000", "ExpireBoth", "ExpiredInMatch:1", "ExpiredInMatch:3")]
    [InlineData("1@1000", "ExpireMaker", "3@1000", "ExpireTaker", "New:0", "ExpiredInMatch:3")]
    [InlineData("6@2000", "Decrement", "2@2000", "Decrement", "New:2", "ExpiredInMatch:2")]
    [InlineData("2@2000", "Decrement", "5@2000", "Decrement", "ExpiredInMatch:2", "New:2")]
    public void The_takers_mode_decides(
        string makers, string makerMode, string taker, string takerMode, string makersAfter, string takerAfter)
    {
        ClientOrder[] resting = [.. makers.Split(' ').Select(each => Place(OrderSide.Buy, each, makerMode))];
        ClientOrder arriving = Place(OrderSide.Sell, taker, takerMode);
        Assert.Equal(makersAfter, string.Join(' ', resting.Select(After)));
        Assert.Equal(takerAfter, After(arriving));
        Assert.Empty(_test.Alice.Trades);
        long locked = resting.Where(order => order.IsOpen)
            .Sum(order => Amount.NotionalOf(order.Price, order.LeavesQuantity));
        Assert.Equal(locked, _test.Alice.BalanceOf("USDT").Locked);
        string before = _test.Snapshot();
        _test.Dispose();
        using TestExchange again = new(_directory.Path);
        Assert.Equal(before, again.Snapshot());
    }

    [Fact]
    public void A_prevented_trade_is_told_and_can_be_asked_for_also_after_a_restart()
    {
        ClientOrder maker = Place(OrderSide.Buy, "1.3@1100", "ExpireMaker");
        ClientOrder taker = Place(OrderSide.Sell, "3@1000", "ExpireMaker");
        ExecutionReport report = _test.Events.Executions.Single(each => each.Type == ExecutionType.TradePrevention);
        JsonElement told = Parse(ApiAnswer.Of(json => EventJson.Execution(json, report)));
        Assert.Equal(
            ("EXPIRED_IN_MATCH", "1.30000000", "1.30000000", "1100.00000000", "1430.00000000", taker.OrderId),
            (told.GetProperty("X").GetString(), told.GetProperty("A").GetString(), told.GetProperty("pl").GetString(),
                told.GetProperty("pL").GetString(), told.GetProperty("pY").GetString(),
                told.GetProperty("U").GetInt64()));
        string before = Matches(maker).GetRawText();
        Shape.AssertSame(
            "rest-api.json", "Account Endpoints > Query Prevented Matches (USER_DATA)", Matches(maker), 0);
        JsonElement queried = Parse(ApiAnswer.Of(json => OrderJson.Queried(json, maker)));
        _test.Dispose();
        _test = new TestExchange(_directory.Path);
        Assert.Equal(before, Matches(maker).GetRawText());
        ClientOrder restored = _test.Alice.FindOrder(maker.OrderId) ?? throw new InvalidOperationException();
        Assert.Equal(
            queried.GetRawText(), Parse(ApiAnswer.Of(json => OrderJson.Queried(json, restored))).GetRawText());
    }

    [Fact]
    public void A_market_order_that_meets_nobody_but_its_owner_finds_no_liquidity()
    {
        ClientOrder maker = Place(OrderSide.Buy, "1@1000", "ExpireMaker");
        PlaceResult result = _test.AtMarket(_test.Alice, OrderSide.Sell, "1");
        Assert.Equal(
            (OrderState.ExpiredInMatch, OrderState.Expired, ExpiryReason.InsufficientLiquidity),
            (maker.State, result.Order?.State, result.Order?.ExpiryReason));
    }

    [Theory]
    //          the account's own among others' asks at one price, its mode, what it buys; what becomes of it
    [InlineData("0.5 own:0.1 0.5", "ExpireTaker", "1", "Expired", "0")]
    [InlineData("0.5 own:0.1 0.5", "ExpireBoth", "1", "Expired", "0")]
    [InlineData("0.5 own:0.1 0.5", "Decrement", "1", "Expired", "0")]
    [InlineData("0.5 own:0.1 0.5", "ExpireMaker", "1", "Filled", "1")]
    [InlineData("0.5 own:0.1 0.4", "ExpireMaker", "1", "Expired", "0")]
    [InlineData("0.5 own:0.1 0.5", "ExpireTaker", "0.5", "Filled", "0.5")]
    [InlineData("0.5 own:0.1 0.5", "ExpireBoth", "0.5", "Filled", "0.5")]
    [InlineData("0.5 own:0.1 0.5", "Decrement", "0.5", "Filled", "0.5")]
    public void Fill_or_kill_is_all_or_nothing_also_where_the_accounts_own_order_is_in_the_way(
        string asks, string mode, string quantity, string state, string executed)
    {
        foreach (string ask in asks.Split(' '))
        {
            bool isOwn = ask.StartsWith("own:", StringComparison.Ordinal);
            Account account = isOwn ? _test.Alice : _test.Bob;
            _ = _test.Limit(account, OrderSide.Sell, "100000", isOwn ? ask[4..] : ask);
        }

        PlaceResult result = _test.Limit(
            _test.Alice, OrderSide.Buy, "100000", quantity, TimeInForce.FillOrKill,
            prevention: Enum.Parse<SelfTradePrevention>(mode));
        Assert.Equal((state, Amount.Of(executed)), ($"{result.Order?.State}", result.Order?.ExecutedQuantity));
        bool isUntouched = _test.Alice.OpenOrders.Any(order => order.LeavesQuantity == Amount.Of("0.1"));
        Assert.Equal(mode != "ExpireMaker" || state == "Expired", isUntouched);
    }

    [Theory]
    //          own order's price, what is taken of the iceberg before it (1 in all, of which 0.1 shows)
    [InlineData("50001", "0.8")]
    [InlineData("50000", "0.1")]
    public void What_an_iceberg_hides_comes_before_a_worse_price_and_behind_its_own(string price, string executed)
    {
        _ = _test.Exchange.Place(new NewOrder(
            _test.Bob, _test.Market, null, OrderSide.Sell, OrderType.Limit, TimeInForce.GoodTillCanceled,
            Amount.Of("50000"), Amount.Of("1"), 0, SelfTradePrevention.ExpireMaker)
        {
            Terms = new SpotTerms(IcebergQuantity: Amount.Of("0.1")),
        });
        _ = _test.Limit(_test.Alice, OrderSide.Sell, price, "0.5");
        PlaceResult result = _test.Limit(
            _test.Alice, OrderSide.Buy, "50001", "0.8", prevention: SelfTradePrevention.ExpireTaker);
        Assert.Equal(Amount.Of(executed), result.Order?.ExecutedQuantity);
    }

    private JsonElement Matches(ClientOrder order)
    {
        ApiKey key = new("key", _test.Alice, new HmacKey("secret"), ["SPOT"]);
        return Parse(new PreventedMatchCalls(_test.Exchange).All().Single().Answer(new ApiRequest(
            RequestParameters.Of(("symbol", "BTCUSDT"), ("orderId", $"{order.OrderId}")), key)));
    }

    private static JsonElement Parse(ApiAnswer answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer.Result);
        return document.RootElement.Clone();
    }

    private static string After(ClientOrder order) =>
        FormattableString.Invariant(
            $"{order.State}:{Domain.Numbers.DecimalText.FormatShort(order.PreventedQuantity, Amount.Decimals)}");

    private ClientOrder Place(OrderSide side, string size, string mode)
    {
        string[] parts = size.Split('@');
        PlaceResult result = _test.Limit(
            _test.Alice, side, parts[1], parts[0], prevention: Enum.Parse<SelfTradePrevention>(mode));
        Assert.Equal(RefusalReason.None, result.Refusal);
        return result.Order ?? throw new InvalidOperationException();
    }
}
