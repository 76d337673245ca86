using System.Net;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator;

/// <summary>
/// The web host: loopback only, and gone at once when told to go, since nothing is left to be saved.
/// </summary>
internal static class SimulatorHost
{
    private const long RequestBodyBytesMax = 64 * 1_024;
    private static readonly TimeSpan StopWithin = TimeSpan.FromMilliseconds(200);

    /// <exception cref="StartException">A recording cannot be read.</exception>
    public static WebApplication Build(SimulatorOptions options, SpotExchange exchange, ExchangeState state)
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
        foreach (Market market in state.Markets)
        {
            ICrowd crowd = CrowdChoice.For(market.Symbol, options, loggers.CreateLogger(nameof(CrowdChoice)));
            _ = builder.Services.AddSingleton<IHostedService>(
                new CrowdPlayback(exchange, market, crowd, options.Speed, TimeProvider.System));
        }

        _ = builder.Services.AddSingleton<IHostedService>(
            new DepthPublication(exchange, TimeProvider.System));
        WebApplication app = builder.Build();
        _ = app.UseWebSockets();
        return app;
    }
}
