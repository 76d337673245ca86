using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;

[assembly: RegisterProvider(
    "JetStream", "GrainStorage", "Silo", typeof(Orleans.Hosting.JetStreamGrainStorageProviderBuilder))]

namespace Orleans.Hosting;

/// <summary>
/// Reads a grain storage from the section <c>Orleans:GrainStorage:{name}</c> of the configuration.
/// </summary>
/// <remarks>
/// Keys beyond those of <see cref="JetStreamSection"/>: SerializerKey (of a registered serializer), and the
/// storage's own options by their names.
/// </remarks>
internal sealed class JetStreamGrainStorageProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddJetStreamGrainStorage(
            name ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            options => options.Configure<IServiceProvider>(
                (values, services) => Apply(values, services, configurationSection)));

    private static void Apply(
        JetStreamGrainStorageOptions options,
        IServiceProvider services,
        IConfigurationSection section)
    {
        JetStreamSection.Apply(options, services, section);
        options.DeleteStateOnClear = section.GetValue(
            nameof(options.DeleteStateOnClear), options.DeleteStateOnClear);
        options.ChunkBytes = section.GetValue(nameof(options.ChunkBytes), options.ChunkBytes);
        options.StateBytesMax = section.GetValue(nameof(options.StateBytesMax), options.StateBytesMax);
        if (section["SerializerKey"] is { Length: > 0 } serializerKey)
        {
            options.GrainStorageSerializer = services
                .GetRequiredKeyedService<IGrainStorageSerializer>(serializerKey);
        }
    }
}
