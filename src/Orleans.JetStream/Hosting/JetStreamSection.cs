using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NATS.Client.Core;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>What the sections of all these providers have in common.</summary>
/// <remarks>
/// Keys: ServiceKey (of a registered connection), or ConnectionString (the servers' URLs), or ConnectionName
/// (of a connection string); and every option of one value by its name, such as Bucket.
/// </remarks>
internal static class JetStreamSection
{
    public static void Apply(
        JetStreamOptions options,
        IServiceProvider services,
        IConfigurationSection section)
    {
        options.Bucket = section.GetValue(nameof(options.Bucket), options.Bucket);
        options.Replicas = section.GetValue(nameof(options.Replicas), options.Replicas);
        options.DuplicateWindow = section.GetValue(nameof(options.DuplicateWindow), options.DuplicateWindow);
        options.OperationTimeout = section.GetValue(
            nameof(options.OperationTimeout), options.OperationTimeout);
        options.AttemptTimeout = section.GetValue(nameof(options.AttemptTimeout), options.AttemptTimeout);
        if (section["ServiceKey"] is { Length: > 0 } serviceKey)
        {
            options.ConnectionServiceKey = serviceKey;
        }
        else if (ConnectionStringIn(section, services) is { Length: > 0 } url)
        {
            options.ConnectionOptions = new NatsOpts { Url = url };
        }
    }

    private static string? ConnectionStringIn(IConfigurationSection section, IServiceProvider services) =>
        section["ConnectionString"] is { Length: > 0 } direct
            ? direct
            : section["ConnectionName"] is { Length: > 0 } connectionName
                ? services.GetRequiredService<IConfiguration>().GetConnectionString(connectionName)
                : null;
}
