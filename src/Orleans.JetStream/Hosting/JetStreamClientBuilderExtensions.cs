using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds JetStream to a client outside of the cluster's silos.</summary>
public static class JetStreamClientBuilderExtensions
{
    /// <summary>Finds the gateways of the cluster in JetStream.</summary>
    public static IClientBuilder UseJetStreamClustering(
        this IClientBuilder builder,
        Action<JetStreamClusteringOptions> configureOptions) =>
        builder.UseJetStreamClustering(options => options.Configure(configureOptions));

    /// <summary>Finds the gateways of the cluster in JetStream.</summary>
    public static IClientBuilder UseJetStreamClustering(
        this IClientBuilder builder,
        Action<OptionsBuilder<JetStreamClusteringOptions>> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamGateways(configureOptions));
}
