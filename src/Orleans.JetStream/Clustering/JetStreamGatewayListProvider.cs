using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.JetStream.KeyValue;
using Orleans.Messaging;

namespace Orleans.JetStream.Clustering;

/// <summary>Tells clients the gateways of the silos that are active.</summary>
/// <remarks>
/// A client never makes the bucket: its silos do, with their settings. Until then there are no gateways.
/// </remarks>
internal sealed class JetStreamGatewayListProvider : IGatewayListProvider, IAsyncDisposable
{
    private readonly string _clusterId;
    private readonly BucketClient _client;

    public JetStreamGatewayListProvider(
        IOptions<JetStreamClusteringOptions> options,
        IOptions<ClusterOptions> clusterOptions,
        IOptions<GatewayOptions> gatewayOptions,
        IServiceProvider services)
    {
        _clusterId = clusterOptions.Value.ClusterId;
        MaxStaleness = gatewayOptions.Value.GatewayListRefreshPeriod;
        _client = new BucketClient(
            options.Value,
            isMadeWhereMissing: false,
            (message, cause) => new JetStreamClusteringException(message, cause),
            services);
    }

    public TimeSpan MaxStaleness { get; }

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() =>
        InitializeGatewayListProviderAsync(CancellationToken.None);

    public Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken) =>
        _client.OpenAsync(cancellationToken);

    public Task<IList<Uri>> GetGateways() => GetGatewaysAsync(CancellationToken.None);

    public async Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken)
    {
        if (!await _client.OpenAsync(cancellationToken))
        {
            return [];
        }

        return await _client.Run(
            "read",
            $"the gateways of cluster '{_clusterId}'",
            async (bucket, deadline) =>
            {
                var stored = await new MemberTable(bucket, _clusterId).ReadAsync(deadline);
                return stored.Document.Rows
                    .Where(row => row is { Status: SiloStatus.Active, ProxyPort: not 0 })
                    .Select(GatewayOf)
                    .ToList();
            },
            cancellationToken);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static Uri GatewayOf(MemberRow row)
    {
        var silo = row.SiloAddress;
        var gateway = new IPEndPoint(silo.Endpoint.Address, row.ProxyPort);
        return SiloAddress.New(gateway, silo.Generation).ToGatewayUri();
    }
}
