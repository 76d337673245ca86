using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

public sealed class PositionTests(SharedDeployment shared) : IClassFixture<SharedDeployment>
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Theory]
    [InlineData(2, 2_000_000, 100_000_000_000, "0.02", "50000", "0.2")]
    [InlineData(3, -2_000_000, -100_000_000_000, "-0.02", "50000", "-0.4")]
    [InlineData(4, 3_000_000, 100_000_000_000, "0.03", "33333.33", "500.3")]
    [InlineData(5, 0, 0, "0", "", "0")]
    public async Task Positions_are_valued_at_the_price_that_would_close_them(
        uint row, long quantity, long openNotional, string quantityText, string averagePrice, string unrealized)
    {
        // Each row of the table has a listing of its own, of which nothing was known before.
        string symbol = $"BTC{row}/USDT";
        var instrument = new InstrumentId(row);
        _deployment.FastPath.List(TestMarket.Instrument with
        {
            InstrumentId = instrument, Symbol = Text32.Of(symbol),
        });
        var position = new PositionChanged
        {
            Header = MessageHeader.For<PositionChanged>(TestMarket.Spot),
            InstrumentId = instrument,
            PositionSide = PositionSide.Both,
            Quantity = quantity,
            OpenNotional = openNotional,
            RealizedPnl = -150_000_000,
            QuoteFees = 0,
            BaseFees = 20_000,
            Funding = 0,
        };
        var top = new TopOfBook
        {
            Header = MessageHeader.For<TopOfBook>(),
            InstrumentId = instrument,
            BidPrice = 5_001_000,
            BidQuantity = 100_000,
            AskPrice = 5_002_000,
            AskQuantity = 1,
            ExchangeUnixNanos = 1,
        };
        _deployment.FastPath.Positions.Write((int)row, in position);
        CallInvoker calls = _deployment.Connect(TestDeployment.OperatorToken);
        var positions = new V1.PositionService.PositionServiceClient(calls);
        V1.Position without = await Told();
        _deployment.FastPath.Tops.Write((int)row - 1, in top);
        V1.Position with = await Told();

        Assert.Equal(quantity == 0 ? "0" : "", without.UnrealizedPnl);
        Assert.Equal(
            new V1.Position
            {
                Account = TestMarket.SpotName,
                Market = V1.Market.Spot,
                Symbol = symbol,
                PositionSide = V1.PositionSide.Net,
                Quantity = quantityText,
                AveragePrice = averagePrice,
                RealizedPnl = "-1.5",
                UnrealizedPnl = unrealized,
                QuoteFees = "0",
                BaseFees = "0.0002",
            },
            with);
        var prices = new V1.MarketDataService.MarketDataServiceClient(calls);
        V1.GetTopOfBookResponse book = await prices.GetTopOfBookAsync(
            new() { Exchange = "binance", Market = V1.Market.Spot, Symbol = symbol });
        Assert.True(book.TopOfBook.IsValid);
        Assert.Equal(("50010", "1"), (book.TopOfBook.BidPrice, book.TopOfBook.BidQuantity));
        Assert.Equal(("50020", "0.00001"), (book.TopOfBook.AskPrice, book.TopOfBook.AskQuantity));

        async Task<V1.Position> Told() => Assert.Single(
            (await positions.ListPositionsAsync(new())).Positions, position => position.Symbol == symbol);
    }
}
