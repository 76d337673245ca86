using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.JetStream.Clustering;
using Orleans.JetStream.Reminders;
using Orleans.Messaging;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Hosting;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_the_example_that_is_compiled()
    {
        var compiled = Unindented(File.ReadAllText(Beside("ReadmeExample.cs")));
        var paragraphs = Block("csharp").Split("\n\n");
        Assert.Equal(3, paragraphs.Length);
        Assert.All(paragraphs, paragraph => Assert.Contains(Unindented(paragraph), compiled));
    }

    [Fact]
    public void The_example_makes_a_silo_and_a_client_on_JetStream()
    {
        var (silo, client) = ReadmeExample.Build();
        using (silo)
        using (client)
        {
            Assert.IsType<JetStreamMembershipTable>(silo.Services.GetRequiredService<IMembershipTable>());
            Assert.IsType<JetStreamGrainStorage>(silo.Services.GetRequiredService<IGrainStorage>());
            Assert.IsType<JetStreamReminderTable>(silo.Services.GetRequiredService<IReminderTable>());
            Assert.IsType<JetStreamGatewayListProvider>(
                client.Services.GetRequiredService<IGatewayListProvider>());
        }
    }

    [Fact]
    public void The_sections_shown_make_a_silo_on_JetStream()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Block("json")));
        _ = builder.Configuration.AddJsonStream(json);
        _ = builder.Services.AddKeyedSingleton<INatsConnection>(
            "key of a registered INatsConnection", (_, _) => new NatsConnection());
        _ = builder.UseOrleans(_ => { });
        using var host = builder.Build();
        foreach (var validator in host.Services.GetServices<IConfigurationValidator>()
            .OfType<JetStreamOptionsValidator>())
        {
            validator.ValidateConfiguration();
        }

        Assert.Equal(3, host.Services.GetRequiredService<IOptionsMonitor<JetStreamGrainStorageOptions>>()
            .Get("Default").Replicas);
        Assert.IsType<JetStreamMembershipTable>(host.Services.GetRequiredService<IMembershipTable>());
        Assert.IsType<JetStreamReminderTable>(host.Services.GetRequiredService<IReminderTable>());
    }

    private static string Block(string language) =>
        File.ReadAllText(Beside("README.md")).Split($"```{language}\n")[1].Split("```")[0].Trim();

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static string Unindented(string text) =>
        string.Join('\n', text.Trim().Split('\n').Select(line => line.Trim()));
}
