using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;

[assembly: RegisterProvider(
    "JetStream", "Clustering", "Silo", typeof(Orleans.Hosting.JetStreamClusteringProviderBuilder))]
[assembly: RegisterProvider(
    "JetStream", "Clustering", "Client", typeof(Orleans.Hosting.JetStreamClusteringProviderBuilder))]

namespace Orleans.Hosting;

/// <summary>
/// Reads a silo's or a client's clustering from the section <c>Orleans:Clustering</c> of the configuration.
/// </summary>
internal sealed class JetStreamClusteringProviderBuilder
    : IProviderBuilder<ISiloBuilder>, IProviderBuilder<IClientBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseJetStreamClustering(options => options.Configure<IServiceProvider>(
            (values, services) => JetStreamSection.Apply(values, services, configurationSection)));

    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseJetStreamClustering(options => options.Configure<IServiceProvider>(
            (values, services) => JetStreamSection.Apply(values, services, configurationSection)));
}
