using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;

namespace Orleans.JetStream.Tests.Reminders;

/// <summary>A reminder table as a silo would make it, without the silo.</summary>
internal sealed class ReminderHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ReminderHost(ServiceProvider services)
    {
        _services = services;
        Options = services.GetRequiredService<IOptions<JetStreamReminderTableOptions>>().Value;
        Table = services.GetRequiredService<IReminderTable>();
    }

    public IReminderTable Table { get; }

    /// <summary>What the table was made with. It heeds a change of how long it tries.</summary>
    public JetStreamReminderTableOptions Options { get; }

    public string Bucket => Options.Bucket;

    public static async Task<ReminderHost> StartAsync(
        NatsOpts connection,
        string? bucket = null,
        string serviceId = "service",
        Action<JetStreamReminderTableOptions>? configure = null)
    {
        bucket ??= SharedNatsServer.NewBucket();
        var services = ProviderServices.Build(
            services => services.AddJetStreamReminders(options => options.Configure(values =>
            {
                values.ConnectionOptions = connection;
                values.Bucket = bucket;
                configure?.Invoke(values);
            })),
            serviceId);
        var host = new ReminderHost(services);
        try
        {
            await host.Table.StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task<string> UpsertAsync(ReminderEntry entry)
    {
        var eTag = await Table.UpsertRow(entry, CancellationToken.None);
        Assert.False(string.IsNullOrEmpty(eTag));
        return eTag;
    }

    /// <summary>All reminders whose grains lie in a range of the ring, as text, in order.</summary>
    public async Task<string[]> ReadAsync(uint begin = 0, uint end = 0)
    {
        var read = await Table.ReadRows(begin, end, CancellationToken.None);
        return [.. read.Reminders.Select(Text).Order(StringComparer.Ordinal)];
    }

    public static string Text(ReminderEntry? entry) => entry is null
        ? "none"
        : $"{entry.GrainId} {entry.ReminderName} {entry.StartAt:O} {entry.Period} {entry.ETag}";

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
