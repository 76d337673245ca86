using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;
using Oms.Bench.Nats;
using Oms.Domain.Configuration;
using Oms.Grains.Accounts;
using Oms.Grains.Markets;
using Oms.Grains.Strategies;
using Oms.SharedMemory.Regions;
using Oms.Silo.Feed;
using Oms.Silo.Hosting;

namespace Oms.Bench.Grains;

/// <summary>The silo's own host with its grains, on a nats-server of the run's own; nothing feeds it.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly BenchNats _server;
    private readonly NatsConnection _connection;
    private readonly LivePrices _prices;
    private readonly SiloRole _role;
    private readonly IHost _host;

    private BenchSilo(
        BenchNats server, NatsConnection connection, LivePrices prices, SiloRole role, IHost host)
    {
        (_server, _connection, _prices, _role, _host) = (server, connection, prices, role, host);
        Factory = host.Services.GetRequiredService<IGrainFactory>();
    }

    public IGrainFactory Factory { get; }

    public int ServerPid => _server.Pid;

    public static async Task<BenchSilo> Start(string folder)
    {
        var server = BenchNats.Start(Path.Combine(folder, "nats"));
        NatsConnection connection = await server.Connect();
        var data = new DataFolder(Path.Combine(folder, "data"));
        var region = SharedRegion.ForDataFolder(data.Path);
        var prices = new LivePrices(region);
        var floor = new StrategyFloor([], region, StrategyFloor.Kinds, TimeProvider.System);
        var role = SiloRole.Take(region, isJoining: false);
        IHost host = SiloHost.Build(
            Serilog.Core.Logger.None, data, role, connection, prices, floor, new FeedState(), new());
        await host.StartAsync();
        return new(server, connection, prices, role, host);
    }

    public IAccountGrain Account(int number) => Factory.GetGrain<IAccountGrain>(
        string.Create(CultureInfo.InvariantCulture, $"bench/account_{number}"));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _prices.Dispose();
        _role.Dispose();
        await _connection.DisposeAsync();
        _server.Dispose();
    }
}
