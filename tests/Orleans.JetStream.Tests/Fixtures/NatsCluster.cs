using System.Security.Cryptography;
using NATS.Client.Core;
using Oms.Testing;

namespace Orleans.JetStream.Tests;

/// <summary>Three nats-servers that replicate their streams among each other.</summary>
internal sealed class NatsCluster : IAsyncDisposable
{
    private const int ServerCount = 3;

    private readonly NatsServer[] _servers;

    private NatsCluster(NatsServer[] servers) => _servers = servers;

    public IReadOnlyList<NatsServer> Servers => _servers;

    public static async Task<NatsCluster> StartAsync()
    {
        // Routes name their peers' ports before any server runs, so these are chosen here.
        var ports = Loopback.FreePorts(ServerCount);
        var password = RandomNumberGenerator.GetHexString(32);
        var routes = string.Join(", ", ports.Select(port => $"\"nats://127.0.0.1:{port}\""));
        var starts = ports.Select((port, number) => NatsServer.StartAsync(new NatsServerSettings
        {
            Password = password,
            ExtraConfiguration = $$"""
                server_name: {{NameOf(number)}}
                cluster { name: test, listen: "127.0.0.1:{{port}}", routes: [ {{routes}} ] }
                """,
        })).ToArray();
        try
        {
            return new NatsCluster(await Task.WhenAll(starts));
        }
        catch
        {
            foreach (var start in starts.Where(start => start.IsCompletedSuccessfully))
            {
                await (await start).DisposeAsync();
            }

            throw;
        }
    }

    public NatsServer Named(string name) => _servers
        .Where((_, number) => NameOf(number) == name).Single();

    /// <summary>
    /// Options of a connection that begins at one server and goes on at another when that dies.
    /// </summary>
    public NatsOpts ToOptions(int firstServer) => _servers[firstServer].ToOptions() with
    {
        Url = string.Join(',', _servers.Skip(firstServer).Concat(_servers.Take(firstServer))
            .Select(server => server.Url)),
        NoRandomize = true,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static string NameOf(int number) => $"server-{number}";
}
