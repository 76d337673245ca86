using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>The exchange's own scenarios of self-trade prevention, at a thousand times its prices.</summary>
public sealed class SelfTradeVectorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestExchange _test;

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
