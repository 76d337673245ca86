using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Orleans.JetStream.Tests.Clustering;

/// <summary>A membership table and a gateway list as a silo and a client would make them.</summary>
internal sealed class MembershipHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private MembershipHost(ServiceProvider services)
    {
        _services = services;
        Options = services.GetRequiredService<IOptions<JetStreamClusteringOptions>>().Value;
        Table = services.GetRequiredService<IMembershipTable>();
        Gateways = services.GetRequiredService<IGatewayListProvider>();
    }

    public IMembershipTable Table { get; }

    public IGatewayListProvider Gateways { get; }

    /// <summary>What both were made with. They heed a change of how long they try.</summary>
    public JetStreamClusteringOptions Options { get; }

    /// <summary>Makes both, and initializes neither.</summary>
    public static MembershipHost Create(
        NatsOpts connection,
        string bucket,
        string clusterId = "cluster",
        Action<JetStreamClusteringOptions>? configure = null)
    {
        void Configure(JetStreamClusteringOptions options)
        {
            options.ConnectionOptions = connection;
            options.Bucket = bucket;
            configure?.Invoke(options);
        }

        return new MembershipHost(ProviderServices.Build(
            services => services
                .AddJetStreamMembership(options => options.Configure(Configure))
                .AddJetStreamGateways(_ => { }),
            clusterId: clusterId));
    }

    public static async Task<MembershipHost> StartAsync(
        NatsOpts connection,
        string? bucket = null,
        string clusterId = "cluster",
        Action<JetStreamClusteringOptions>? configure = null)
    {
        var host = Create(connection, bucket ?? SharedNatsServer.NewBucket(), clusterId, configure);
        try
        {
            await host.Table.InitializeMembershipTableAsync(true, CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public Task<MembershipTableData> ReadAsync() => Table.ReadAllAsync(CancellationToken.None);

    /// <summary>Inserts a row after what the table is now.</summary>
    public async Task<bool> InsertAsync(MembershipEntry entry) =>
        await Table.InsertRowAsync(entry, (await ReadAsync()).Version.Next(), CancellationToken.None);

    /// <summary>Updates a row as it is now, after what the table is now.</summary>
    public async Task<bool> UpdateAsync(MembershipEntry entry)
    {
        var read = await ReadAsync();
        var row = read.TryGet(entry.SiloAddress);
        return row is not null && await Table.UpdateRowAsync(
            entry, row.Item2, read.Version.Next(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
