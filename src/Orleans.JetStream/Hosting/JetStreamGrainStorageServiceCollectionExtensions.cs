using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.JetStream;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds JetStream grain storage to the services of a silo.</summary>
public static class JetStreamGrainStorageServiceCollectionExtensions
{
    /// <summary>Keeps the state of grains that name no storage in JetStream.</summary>
    public static IServiceCollection AddJetStreamGrainStorageAsDefault(
        this IServiceCollection services,
        Action<JetStreamGrainStorageOptions> configureOptions) =>
        services.AddJetStreamGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <summary>Keeps the state of grains that name no storage in JetStream.</summary>
    public static IServiceCollection AddJetStreamGrainStorageAsDefault(
        this IServiceCollection services,
        Action<OptionsBuilder<JetStreamGrainStorageOptions>> configureOptions) =>
        services.AddJetStreamGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <summary>Keeps the state of grains that name this storage in JetStream.</summary>
    public static IServiceCollection AddJetStreamGrainStorage(
        this IServiceCollection services,
        string name,
        Action<JetStreamGrainStorageOptions> configureOptions) =>
        services.AddJetStreamGrainStorage(name, builder => builder.Configure(configureOptions));

    /// <summary>Keeps the state of grains that name this storage in JetStream.</summary>
    public static IServiceCollection AddJetStreamGrainStorage(
        this IServiceCollection services,
        string name,
        Action<OptionsBuilder<JetStreamGrainStorageOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configureOptions);
        configureOptions(services.AddOptions<JetStreamGrainStorageOptions>(name));
        return services
            .AddJetStreamInstruments()
            .AddTransient<IConfigurationValidator>(host => new JetStreamOptionsValidator(
                host.GetRequiredService<IOptionsMonitor<JetStreamGrainStorageOptions>>().Get(name),
                $"grain storage '{name}'"))
            .AddTransient<IPostConfigureOptions<JetStreamGrainStorageOptions>,
                DefaultStorageProviderSerializerOptionsConfigurator<JetStreamGrainStorageOptions>>()
            .ConfigureNamedOptionForLogging<JetStreamGrainStorageOptions>(name)
            .AddGrainStorage(name, JetStreamGrainStorageFactory.Create);
    }
}
