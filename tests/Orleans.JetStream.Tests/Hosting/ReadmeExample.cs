using Microsoft.Extensions.Hosting;
using NATS.Client.Core;

namespace Orleans.JetStream.Tests.Hosting;

/// <summary>The example of the package's README, compiled.</summary>
internal static class ReadmeExample
{
    public static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .AddJetStreamGrainStorageAsDefault(options =>
            {
                options.ConnectionOptions = new NatsOpts { Url = "nats://127.0.0.1:4222" };
                options.Bucket = "grains";
            }));
        return builder.Build();
    }
}
