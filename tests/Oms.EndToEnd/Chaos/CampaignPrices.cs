using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>The last good prices of what is traded: where traders place around.</summary>
internal sealed class CampaignPrices(Deployment deployment)
{
    private static readonly (Market Market, string Symbol)[] Traded =
    [
        (Market.Spot, "BTC/USDT"), (Market.Spot, "ETH/USDT"),
        (Market.Futures, "BTC/USDT:USDT"), (Market.Futures, "ETH/USDT:USDT"),
    ];

    private readonly ConcurrentDictionary<string, decimal> _middles = new();

    /// <summary>The middle of the book; 0 before the first is known.</summary>
    public decimal this[string symbol] => _middles.GetValueOrDefault(symbol);

    /// <summary>Follows the books until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var client = new MarketDataService.MarketDataServiceClient(deployment.Channel);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (!stopping.IsCancellationRequested)
        {
            foreach ((Market market, string symbol) in Traded)
            {
                await LookAsync(client, market, symbol);
            }

            _ = await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task LookAsync(
        MarketDataService.MarketDataServiceClient client, Market market, string symbol)
    {
        try
        {
            TopOfBook book = (await client.GetTopOfBookAsync(
                new GetTopOfBookRequest { Exchange = "binance", Market = market, Symbol = symbol },
                deadline: DateTime.UtcNow.AddSeconds(2))).TopOfBook;
            if (book.IsValid)
            {
                _middles[symbol] = (Number(book.BidPrice) + Number(book.AskPrice)) / 2;
            }
        }
        catch (RpcException)
        {
            // The gateway is away for a moment: the last price is good enough.
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
