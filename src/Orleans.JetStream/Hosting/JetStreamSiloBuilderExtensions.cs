using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds JetStream to a silo.</summary>
public static class JetStreamSiloBuilderExtensions
{
    /// <summary>Keeps the state of grains that name no storage in JetStream.</summary>
    public static ISiloBuilder AddJetStreamGrainStorageAsDefault(
        this ISiloBuilder builder,
        Action<JetStreamGrainStorageOptions> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamGrainStorageAsDefault(configureOptions));

    /// <summary>Keeps the state of grains that name no storage in JetStream.</summary>
    public static ISiloBuilder AddJetStreamGrainStorageAsDefault(
        this ISiloBuilder builder,
        Action<OptionsBuilder<JetStreamGrainStorageOptions>> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamGrainStorageAsDefault(configureOptions));

    /// <summary>Keeps the state of grains that name this storage in JetStream.</summary>
    public static ISiloBuilder AddJetStreamGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<JetStreamGrainStorageOptions> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamGrainStorage(name, configureOptions));

    /// <summary>Keeps the state of grains that name this storage in JetStream.</summary>
    public static ISiloBuilder AddJetStreamGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<OptionsBuilder<JetStreamGrainStorageOptions>> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamGrainStorage(name, configureOptions));
}
