using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Orleans.JetStream.Tests;

/// <summary>The services a provider finds in a host, without the host.</summary>
internal static class ProviderServices
{
    /// <summary>
    /// Builds them with what <paramref name="add"/> adds, and validates the options as a host does.
    /// </summary>
    public static ServiceProvider Build(
        Action<IServiceCollection> add,
        string serviceId = "service",
        string clusterId = "cluster")
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSerializer()
            .Configure<ClusterOptions>(options =>
            {
                options.ServiceId = serviceId;
                options.ClusterId = clusterId;
            });
        add(services);
        var built = services.BuildServiceProvider();
        foreach (var validator in built.GetServices<IConfigurationValidator>()
            .OfType<JetStreamOptionsValidator>())
        {
            validator.ValidateConfiguration();
        }

        return built;
    }
}
