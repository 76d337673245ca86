using System.Net;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator;

/// <summary>
/// The web host: loopback only, and gone at once when told to go, since nothing is left to be saved.
/// </summary>
internal static class SimulatorHost
{
    private const long RequestBodyBytesMax = 64 * 1_024;
    private static readonly TimeSpan StopWithin = TimeSpan.FromMilliseconds(200);

    /// <exception cref="StartException">A recording cannot be read.</exception>
    public static WebApplication Build(
        SimulatorOptions options, ExchangeCore spot, FuturesExchange futures, params IHostedService[] more)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBodyBytesMax;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        _ = builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning);
        _ = builder.Services.AddRoutingCore();
        _ = builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole());
        ILogger logger = loggers.CreateLogger(nameof(CrowdChoice));
        IEnumerable<IHostedService> services =
        [
            .. Crowds(spot, options.RecordingsDirectory, options.Seed, options.Speed, logger),
            .. Crowds(futures.Core, options.FuturesRecordingsDirectory, options.Seed + 1, options.Speed, logger),
            new DepthPublication(spot, SpotSymbols.DepthSpeeds, TimeProvider.System),
            new DepthPublication(futures.Core, FuturesSymbol.DepthSpeeds, TimeProvider.System),
            new FuturesClock(futures, TimeProvider.System),
            .. more,
        ];
        foreach (IHostedService service in services)
        {
            _ = builder.Services.AddSingleton(service);
        }

        WebApplication app = builder.Build();
        _ = app.UseWebSockets();
        return app;
    }

    private static IHostedService[] Crowds(
        ExchangeCore exchange, string? recordings, int seed, decimal speed, ILogger logger) =>
        [.. exchange.Read(state => state.Markets.ToList()).Select(market => new CrowdPlayback(
            exchange, market, CrowdChoice.For(market.Symbol, recordings, seed, logger), speed,
            TimeProvider.System))];
}
