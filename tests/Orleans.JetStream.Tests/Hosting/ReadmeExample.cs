using Microsoft.Extensions.Hosting;
using NATS.Client.Core;

namespace Orleans.JetStream.Tests.Hosting;

/// <summary>The example of the package's README, compiled.</summary>
internal static class ReadmeExample
{
    public static (IHost Silo, IHost Client) Build()
    {
        var nats = new NatsOpts { Url = "nats://127.0.0.1:4222" };
        var silo = Host.CreateApplicationBuilder();
        silo.UseOrleans(orleans => orleans
            .UseJetStreamClustering(options => options.ConnectionOptions = nats)
            .AddJetStreamGrainStorageAsDefault(options => options.ConnectionOptions = nats)
            .UseJetStreamReminderService(options => options.ConnectionOptions = nats));

        var client = Host.CreateApplicationBuilder();
        client.UseOrleansClient(orleans => orleans
            .UseJetStreamClustering(options => options.ConnectionOptions = nats));
        return (silo.Build(), client.Build());
    }
}
