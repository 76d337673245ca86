using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Bench.FastPath;
using Oms.Bench.Measuring;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Exchanges;

namespace Oms.Bench.Connector;

/// <summary>A simulator on the loopback, and an account at it.</summary>
internal sealed class BenchExchange : IDisposable
{
    private const string Program = "Oms.ExchangeSimulator";
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);

    private readonly Child _simulator;
    private readonly Uri _address;

    private BenchExchange(Child simulator, Uri address) => (_simulator, _address) = (simulator, address);

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

    /// <exception cref="InvalidOperationException">The simulator does not start.</exception>
    public static Task<BenchExchange> StartUnlimited(string folder) => Start(
        folder, "--weight-per-minute", "1000000000", "--orders-per-10s", "1000000000", "--orders-per-day",
        "1000000000");

    /// <exception cref="InvalidOperationException">The simulator does not start.</exception>
    public static async Task<BenchExchange> Start(string folder, params string[] options)
    {
        var simulator = Child.Start(
            Path.Combine(BenchDeployment.Program(Program), Program), ["--port", "0", "--data", folder, .. options]);
        try
        {
            using var timeout = new CancellationTokenSource(StartTimeMax);
            return new(simulator, new(await simulator.SaidBehind("listening on ", timeout.Token)));
        }
        catch
        {
            simulator.Dispose();
            throw;
        }
    }

    public IExchange Open(
        bool ordersBySocket, int orderAgeMaxMs = ExchangeConfiguration.OrderAgeMaxMsStandard) => ExchangeFactory.Create(
        new()
        {
            Name = "binance",
            Kind = "binance",
            RestUri = Url("http", ""),
            WebSocketApiUri = Url("ws", "/ws-api/v3"),
            StreamUri = Url("ws", ""),
            OrdersBySocket = ordersBySocket,
            RecvWindowMs = 5_000,
            OrderAgeMaxMs = orderAgeMaxMs,
            TopOfBookIntervalMs = 10,
            Listings = [],
        },
        new Dictionary<Market, ListingCatalog> { [Market.Spot] = Listings }.ToFrozenDictionary(),
        TimeProvider.System,
        NullLoggerFactory.Instance);

    /// <summary>Orders that came by the WebSocket API, as the simulator counts them.</summary>
    public Task<long> OrdersBySocket() => Counted("socket_requests", "order.place");

    /// <summary>Requests that the simulator refused for its limits.</summary>
    public async Task<long> RateLimited() =>
        await Counted("rejected_requests", "-1003") + await Counted("rejected_requests", "-1015");

    private async Task<long> Counted(string group, string name)
    {
        using var http = new HttpClient();
        using JsonDocument ledger = JsonDocument.Parse(await http.GetStringAsync(Url("http", "/sim/ledger")));
        return ledger.RootElement.GetProperty(group).TryGetProperty(name, out JsonElement count)
            ? count.GetInt64()
            : 0;
    }

    public void Dispose() => _simulator.Dispose();

    private static AssetDefined Asset(uint id, string name) => new()
    {
        Header = MessageHeader.For<AssetDefined>(),
        AssetId = new(id),
        Decimals = 8,
        Name = Text16.Of(name),
    };

    private Uri Url(string scheme, string path) => new($"{scheme}://{_address.Authority}{path}");
}
