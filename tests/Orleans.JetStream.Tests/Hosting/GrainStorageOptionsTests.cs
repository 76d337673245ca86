using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Hosting;

public sealed class GrainStorageOptionsTests
{
    public static TheoryData<string, Action<JetStreamGrainStorageOptions>> Faults => new()
    {
        { "ChunkBytes", options => options.ChunkBytes = 1023 },
        { "ChunkBytes", options => options.StateBytesMax = 1024 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Options_that_cannot_work_are_refused_by_name(
        string fault,
        Action<JetStreamGrainStorageOptions> spoil)
    {
        var options = new JetStreamGrainStorageOptions { ConnectionOptions = NatsOpts.Default };
        new JetStreamOptionsValidator(options, "grain storage 'mine'").ValidateConfiguration();
        spoil(options);
        var refusal = Assert.Throws<OrleansConfigurationException>(
            () => new JetStreamOptionsValidator(options, "grain storage 'mine'").ValidateConfiguration());
        Assert.Contains("'mine'", refusal.Message);
        Assert.Contains(fault, refusal.Message);
    }

    [Fact]
    public void A_connections_secrets_are_not_shown()
    {
        var shown = new RedactNatsOptionsAttribute().Redact(new NatsOpts
        {
            Url = "nats://user:secret@one:4222,nats://two:4222",
            AuthOpts = new NatsAuthOpts { Username = "user", Password = "secret" },
        });
        Assert.Equal("one:4222,nats://two:4222", shown);
    }

    [Fact]
    public void A_storage_can_be_configured_by_a_section()
    {
        var options = FromConfiguration(new()
        {
            ["Orleans:GrainStorage:mine:ProviderType"] = "JetStream",
            ["Orleans:GrainStorage:mine:ConnectionName"] = "main",
            ["Orleans:GrainStorage:mine:Bucket"] = "of-mine",
            ["Orleans:GrainStorage:mine:DeleteStateOnClear"] = "true",
            ["Orleans:GrainStorage:mine:OperationTimeout"] = "00:00:05",
            ["ConnectionStrings:main"] = "nats://main:4222",
        });
        Assert.Equal("nats://main:4222", options.ConnectionOptions?.Url);
        Assert.Equal("of-mine", options.Bucket);
        Assert.True(options.DeleteStateOnClear);
        Assert.Equal(TimeSpan.FromSeconds(5), options.OperationTimeout);
    }

    [Fact]
    public void A_section_can_name_a_registered_connection_and_serializer()
    {
        var options = FromConfiguration(new()
        {
            ["Orleans:GrainStorage:mine:ProviderType"] = "JetStream",
            ["Orleans:GrainStorage:mine:ServiceKey"] = "nats",
            ["Orleans:GrainStorage:mine:SerializerKey"] = "orleans",
        });
        Assert.Equal("nats", options.ConnectionServiceKey);
        Assert.Null(options.ConnectionOptions);
        Assert.IsType<OrleansGrainStorageSerializer>(options.GrainStorageSerializer);
    }

    private static JetStreamGrainStorageOptions FromConfiguration(Dictionary<string, string?> values)
    {
        var builder = Host.CreateApplicationBuilder();
        _ = builder.Configuration.AddInMemoryCollection(values);
        _ = builder.Services
            .AddKeyedSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>("orleans");
        _ = builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptionsMonitor<JetStreamGrainStorageOptions>>().Get("mine");
    }
}
