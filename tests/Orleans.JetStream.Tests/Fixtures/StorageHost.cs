using Microsoft.Extensions.DependencyInjection;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orleans.JetStream.Tests;

/// <summary>A grain storage as a silo would make it, without the silo.</summary>
internal sealed class StorageHost : IAsyncDisposable
{
    private const string StorageName = "test";

    private readonly ServiceProvider _services;

    private StorageHost(ServiceProvider services, JetStreamGrainStorageOptions options)
    {
        _services = services;
        Bucket = options.Bucket;
        Storage = services.GetRequiredKeyedService<IGrainStorage>(StorageName);
    }

    public IGrainStorage Storage { get; }

    public string Bucket { get; }

    public static async Task<StorageHost> StartAsync(
        NatsOpts connection,
        Action<JetStreamGrainStorageOptions>? configure = null,
        string serviceId = "service",
        CancellationToken cancellation = default)
    {
        var bucket = SharedNatsServer.NewBucket();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSerializer()
            .AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>()
            .Configure<ClusterOptions>(cluster => cluster.ServiceId = serviceId)
            .AddJetStreamGrainStorage(StorageName, options =>
            {
                options.ConnectionOptions = connection;
                options.Bucket = bucket;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
        foreach (var validator in services.GetServices<IConfigurationValidator>())
        {
            validator.ValidateConfiguration();
        }

        var options = services.GetRequiredService<Microsoft.Extensions.Options
            .IOptionsMonitor<JetStreamGrainStorageOptions>>().Get(StorageName);
        var host = new StorageHost(services, options);
        try
        {
            var lifecycle = new StartingLifecycle();
            ((JetStreamGrainStorage)host.Storage).Participate(lifecycle);
            await lifecycle.StartAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many messages lie in the bucket: records, tombstones and chunks.</summary>
    public async Task<long> MessageCountAsync(NatsConnection connection)
    {
        var stream = await new NatsJSContext(connection).GetStreamAsync($"KV_{Bucket}");
        return stream.Info.State.Messages;
    }

    public async Task<HeldState> ReadAsync(GrainId grain, string stateName = "state")
    {
        var state = new HeldState();
        await Storage.ReadStateAsync(stateName, grain, state);
        return state;
    }

    public async Task<HeldState> WriteAsync(GrainId grain, TestState content, string stateName = "state")
    {
        var state = new HeldState(content);
        await Storage.WriteStateAsync(stateName, grain, state);
        return state;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
