using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds JetStream to a silo.</summary>
public static class JetStreamSiloBuilderExtensions
{
    /// <summary>
    /// Finds the other silos of the cluster, and is found by them and by clients, in JetStream.
    /// </summary>
    public static ISiloBuilder UseJetStreamClustering(
        this ISiloBuilder builder,
        Action<JetStreamClusteringOptions> configureOptions) =>
        builder.UseJetStreamClustering(options => options.Configure(configureOptions));

    /// <summary>
    /// Finds the other silos of the cluster, and is found by them and by clients, in JetStream.
    /// </summary>
    public static ISiloBuilder UseJetStreamClustering(
        this ISiloBuilder builder,
        Action<OptionsBuilder<JetStreamClusteringOptions>> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamMembership(configureOptions));

    /// <summary>Keeps reminders in JetStream.</summary>
    public static ISiloBuilder UseJetStreamReminderService(
        this ISiloBuilder builder,
        Action<JetStreamReminderTableOptions> configureOptions) =>
        builder.UseJetStreamReminderService(options => options.Configure(configureOptions));

    /// <summary>Keeps reminders in JetStream.</summary>
    public static ISiloBuilder UseJetStreamReminderService(
        this ISiloBuilder builder,
        Action<OptionsBuilder<JetStreamReminderTableOptions>> configureOptions) =>
        builder.ConfigureServices(services => services.AddJetStreamReminders(configureOptions));

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
