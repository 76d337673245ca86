using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Bench.FastPath;
using Oms.Bench.Measuring;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Exchanges;

namespace Oms.Bench.Connector;

/// <summary>A simulator on the loopback that counts no limits, and an account at it.</summary>
internal sealed class BenchExchange : IDisposable
{
    private const string Program = "Oms.ExchangeSimulator";
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly Child _simulator;
    private readonly int _port = FreePort();

    private BenchExchange(string folder) => _simulator = Child.Start(
        Path.Combine(BenchDeployment.Program(Program), Program),
        "--port", $"{_port}", "--data", folder, "--weight-per-minute", "1000000000",
        "--orders-per-10s", "1000000000", "--orders-per-day", "1000000000");

    public static ListingCatalog Listings { get; } = new(
        [
            new InstrumentDefined
            {
                Header = MessageHeader.For<InstrumentDefined>(),
                InstrumentId = new(1),
                BaseAssetId = new(1),
                QuoteAssetId = new(2),
                Market = Market.Spot,
                PriceDecimals = 2,
                QuantityDecimals = 5,
                IsMatchedHere = 0,
                Exchange = Text16.Of("binance"),
                Symbol = Text32.Of("BTC/USDT"),
                ExchangeSymbol = Text32.Of("BTCUSDT"),
            },
        ],
        [Asset(1, "BTC"), Asset(2, "USDT")]);

    /// <summary>The first of the simulator's example accounts.</summary>
    public static AccountCredentials Account { get; } = new(
        new(1), new("binance", "main"), Market.Spot, BenchKey.Of("demo-main", "demo-main-secret"));

    public static async Task<BenchExchange> Start(string folder)
    {
        var exchange = new BenchExchange(folder);
        try
        {
            using var http = new HttpClient();
            using var timeout = new CancellationTokenSource(StartTimeMax);
            while (!await IsReady(http, exchange.Url("http", "/sim/ready"), timeout.Token))
            {
                await Task.Delay(LookInterval, timeout.Token);
            }

            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    public IExchange Open(bool ordersBySocket) => ExchangeFactory.Create(
        new()
        {
            Name = "binance",
            Kind = "binance",
            RestUri = Url("http", ""),
            WebSocketApiUri = Url("ws", "/ws-api/v3"),
            StreamUri = Url("ws", ""),
            OrdersBySocket = ordersBySocket,
            RecvWindowMs = 5_000,
            TopOfBookIntervalMs = 10,
            Listings = [],
        },
        new Dictionary<Market, ListingCatalog> { [Market.Spot] = Listings }.ToFrozenDictionary(),
        TimeProvider.System,
        NullLoggerFactory.Instance);

    public void Dispose() => _simulator.Dispose();

    private static async Task<bool> IsReady(HttpClient http, Uri uri, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(uri, cancellation);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static AssetDefined Asset(uint id, string name) => new()
    {
        Header = MessageHeader.For<AssetDefined>(),
        AssetId = new(id),
        Decimals = 8,
        Name = Text16.Of(name),
    };

    private Uri Url(string scheme, string path) => new($"{scheme}://127.0.0.1:{_port}{path}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
