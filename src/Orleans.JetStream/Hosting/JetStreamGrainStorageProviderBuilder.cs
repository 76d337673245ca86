using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;

[assembly: RegisterProvider(
    "JetStream", "GrainStorage", "Silo", typeof(JetStreamGrainStorageProviderBuilder))]

namespace Orleans.Hosting;

/// <summary>
/// Reads a grain storage from the section <c>Orleans:GrainStorage:{name}</c> of the configuration.
/// </summary>
/// <remarks>
/// Keys: ServiceKey (of a registered connection), or ConnectionString, or ConnectionName (of a connection
/// string); SerializerKey (of a registered serializer); and every option of one value by its name, such as
/// Bucket.
/// </remarks>
internal sealed class JetStreamGrainStorageProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddJetStreamGrainStorage(
            name ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            options => options.Configure<IServiceProvider>(
                (values, services) => Apply(values, services, configurationSection)));

    private static void Apply(
        JetStreamGrainStorageOptions values,
        IServiceProvider services,
        IConfigurationSection section)
    {
        values.Bucket = section.GetValue(nameof(values.Bucket), values.Bucket);
        values.Replicas = section.GetValue(nameof(values.Replicas), values.Replicas);
        values.DeleteStateOnClear = section.GetValue(
            nameof(values.DeleteStateOnClear), values.DeleteStateOnClear);
        values.DuplicateWindow = section.GetValue(nameof(values.DuplicateWindow), values.DuplicateWindow);
        values.OperationTimeout = section.GetValue(nameof(values.OperationTimeout), values.OperationTimeout);
        values.AttemptTimeout = section.GetValue(nameof(values.AttemptTimeout), values.AttemptTimeout);
        values.ChunkBytes = section.GetValue(nameof(values.ChunkBytes), values.ChunkBytes);
        values.StateBytesMax = section.GetValue(nameof(values.StateBytesMax), values.StateBytesMax);

        if (section["ServiceKey"] is { Length: > 0 } serviceKey)
        {
            values.ConnectionServiceKey = serviceKey;
        }
        else if (ConnectionStringOf(services, section) is { Length: > 0 } url)
        {
            values.ConnectionOptions = new NatsOpts { Url = url };
        }

        if (section["SerializerKey"] is { Length: > 0 } serializerKey)
        {
            values.GrainStorageSerializer = services
                .GetRequiredKeyedService<IGrainStorageSerializer>(serializerKey);
        }
    }

    private static string? ConnectionStringOf(IServiceProvider services, IConfigurationSection section) =>
        section["ConnectionString"] is { Length: > 0 } direct
            ? direct
            : section["ConnectionName"] is { Length: > 0 } connectionName
                ? services.GetRequiredService<IConfiguration>().GetConnectionString(connectionName)
                : null;
}
