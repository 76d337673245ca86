using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.JetStream.Clustering;
using Orleans.JetStream.Reminders;
using Orleans.Messaging;

namespace Orleans.JetStream.Tests.Hosting;

/// <summary>What all three providers take and refuse, and how clustering and reminders are set up.</summary>
public sealed class ProviderOptionsTests
{
    public static TheoryData<string, Action<JetStreamOptions>> Faults => new()
    {
        { "Exactly one of", options => options.ConnectionOptions = null },
        { "Exactly one of", options => options.ConnectionServiceKey = "nats" },
        { "Bucket", options => options.Bucket = "" },
        { "Bucket", options => options.Bucket = "of.mine" },
        { "Replicas", options => options.Replicas = 0 },
        { "Replicas", options => options.Replicas = 6 },
        { "AttemptTimeout", options => options.AttemptTimeout = TimeSpan.Zero },
        { "AttemptTimeout", options => options.OperationTimeout = TimeSpan.FromSeconds(1) },
        { "DuplicateWindow", options => options.DuplicateWindow = TimeSpan.FromSeconds(14) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Options_that_cannot_work_are_refused_by_name(string fault, Action<JetStreamOptions> spoil)
    {
        foreach (var options in new JetStreamOptions[]
        {
            new JetStreamGrainStorageOptions(),
            new JetStreamClusteringOptions(),
            new JetStreamReminderTableOptions(),
        })
        {
            options.ConnectionOptions = NatsOpts.Default;
            new JetStreamOptionsValidator(options, "of mine").ValidateConfiguration();
            spoil(options);
            var refusal = Assert.Throws<OrleansConfigurationException>(
                () => new JetStreamOptionsValidator(options, "of mine").ValidateConfiguration());
            Assert.Contains("of mine", refusal.Message);
            Assert.Contains(fault, refusal.Message);
        }
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var options = new JetStreamClusteringOptions { Bucket = "*", Replicas = 9 };
        var refusal = Assert.Throws<OrleansConfigurationException>(
            () => new JetStreamOptionsValidator(options, "clustering").ValidateConfiguration());
        Assert.Contains("Exactly one of", refusal.Message);
        Assert.Contains("Bucket", refusal.Message);
        Assert.Contains("Replicas", refusal.Message);
    }

    [Fact]
    public void Wrong_options_of_any_provider_keep_a_silo_from_starting()
    {
        using var host = BuildSilo([], silo => silo
            .UseJetStreamClustering((JetStreamClusteringOptions options) => options.Replicas = 7)
            .UseJetStreamReminderService((JetStreamReminderTableOptions options) => options.Replicas = 8)
            .AddJetStreamGrainStorage(
                "mine", (JetStreamGrainStorageOptions options) => options.Replicas = 9));
        var refusals = host.Services.GetServices<IConfigurationValidator>()
            .OfType<JetStreamOptionsValidator>()
            .Select(validator => Assert.Throws<OrleansConfigurationException>(
                validator.ValidateConfiguration).Message).ToArray();
        Assert.Equal(3, refusals.Length);
        Assert.Single(refusals, text => text.Contains("JetStream clustering") && text.Contains("not 7"));
        Assert.Single(refusals, text => text.Contains("JetStream reminders") && text.Contains("not 8"));
        Assert.Single(refusals, text => text.Contains("grain storage 'mine'") && text.Contains("not 9"));
    }

    [Fact]
    public void A_silo_can_be_set_up_by_sections()
    {
        using var host = BuildSilo(
            new()
            {
                ["Orleans:ClusterId"] = "one",
                ["Orleans:ServiceId"] = "one",
                ["Orleans:Clustering:ProviderType"] = "JetStream",
                ["Orleans:Clustering:ConnectionString"] = "nats://direct:4222",
                ["Orleans:Clustering:Bucket"] = "of-members",
                ["Orleans:Clustering:Replicas"] = "3",
                ["Orleans:Reminders:ProviderType"] = "JetStream",
                ["Orleans:Reminders:ConnectionName"] = "main",
                ["Orleans:Reminders:OperationTimeout"] = "00:00:07",
                ["ConnectionStrings:main"] = "nats://main:4222",
            },
            _ => { });
        Assert.IsType<JetStreamMembershipTable>(host.Services.GetRequiredService<IMembershipTable>());
        var clustering = host.Services.GetRequiredService<IOptions<JetStreamClusteringOptions>>().Value;
        Assert.Equal("nats://direct:4222", clustering.ConnectionOptions?.Url);
        Assert.Equal("of-members", clustering.Bucket);
        Assert.Equal(3, clustering.Replicas);
        Assert.IsType<JetStreamReminderTable>(host.Services.GetRequiredService<IReminderTable>());
        var reminders = host.Services.GetRequiredService<IOptions<JetStreamReminderTableOptions>>().Value;
        Assert.Equal("nats://main:4222", reminders.ConnectionOptions?.Url);
        Assert.Equal(TimeSpan.FromSeconds(7), reminders.OperationTimeout);
    }

    [Fact]
    public void A_client_can_be_set_up_by_a_section()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        _ = builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Orleans:Clustering:ProviderType"] = "JetStream",
            ["Orleans:Clustering:ServiceKey"] = "nats",
            ["Orleans:Clustering:AttemptTimeout"] = "00:00:02",
        });
        builder.UseOrleansClient();
        using var host = builder.Build();
        Assert.IsType<JetStreamGatewayListProvider>(
            host.Services.GetRequiredService<IGatewayListProvider>());
        var options = host.Services.GetRequiredService<IOptions<JetStreamClusteringOptions>>().Value;
        Assert.Equal("nats", options.ConnectionServiceKey);
        Assert.Equal(TimeSpan.FromSeconds(2), options.AttemptTimeout);
        Assert.Null(options.ConnectionOptions);
    }

    [Fact]
    public async Task A_connection_can_be_shared_by_key_or_made_by_a_function()
    {
        await using var shared = new NatsConnection();
        await using var services = new ServiceCollection()
            .AddKeyedSingleton<INatsConnection>("nats", shared).BuildServiceProvider();
        var byKey = await JetStreamConnection.CreateAsync(
            new JetStreamReminderTableOptions { ConnectionServiceKey = "nats" }, services);
        Assert.Same(shared, byKey.Connection);
        Assert.True(byKey.IsShared);

        var made = await JetStreamConnection.CreateAsync(
            new JetStreamReminderTableOptions
            {
                CreateConnection = host => Task.FromResult(new JetStreamConnection(
                    host.GetRequiredKeyedService<INatsConnection>("nats"), IsShared: true)),
            },
            services);
        Assert.Same(shared, made.Connection);
    }

    private static IHost BuildSilo(Dictionary<string, string?> values, Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        _ = builder.Configuration.AddInMemoryCollection(values);
        _ = builder.UseOrleans(silo => configure(silo));
        return builder.Build();
    }
}
