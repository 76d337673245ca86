using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.JetStream.Tests;

/// <summary>A grain storage as a silo would make it, without the silo.</summary>
internal sealed class StorageHost : IAsyncDisposable
{
    private const string StorageName = "test";

    private readonly ServiceProvider _services;

    private StorageHost(ServiceProvider services)
    {
        _services = services;
        Options = services.GetRequiredService<IOptionsMonitor<JetStreamGrainStorageOptions>>()
            .Get(StorageName);
        Storage = services.GetRequiredKeyedService<IGrainStorage>(StorageName);
    }

    public IGrainStorage Storage { get; }

    /// <summary>What the storage was made with. It heeds a change of how long it tries.</summary>
    public JetStreamGrainStorageOptions Options { get; }

    public string Bucket => Options.Bucket;

    public static async Task<StorageHost> StartAsync(
        NatsOpts connection,
        Action<JetStreamGrainStorageOptions>? configure = null,
        string serviceId = "service",
        CancellationToken cancellation = default)
    {
        var bucket = SharedNatsServer.NewBucket();
        var host = new StorageHost(ProviderServices.Build(
            services => services
                .AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>()
                .AddJetStreamGrainStorage(StorageName, options =>
                {
                    options.ConnectionOptions = connection;
                    options.Bucket = bucket;
                    configure?.Invoke(options);
                }),
            serviceId));
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
