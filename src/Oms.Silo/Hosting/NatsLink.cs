using NATS.Client.Core;
using Oms.Domain.Configuration;
using Oms.Silo.Feed;

namespace Oms.Silo.Hosting;

/// <summary>
/// The connection to nats-server: back within half a second of the server, and quick to see that it is gone.
/// </summary>
internal static class NatsLink
{
    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(250);

    public static NatsConnection Create(int port, string password) => new(new NatsOpts
    {
        Url = $"nats://127.0.0.1:{port}",
        Name = "silo",
        AuthOpts = new NatsAuthOpts { Username = "oms", Password = password },
        ConnectTimeout = TimeSpan.FromSeconds(2),
        ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(500),
        MaxReconnectRetry = -1,
        PingInterval = TimeSpan.FromSeconds(1),
        MaxPingOut = 2,
    });

    /// <summary>Returns when the server answers.</summary>
    public static async Task WaitAsync(
        NatsConnection connection, FeedState state, CancellationToken cancellation)
    {
        state.Await("nats");
        using var timer = new PeriodicTimer(AttemptInterval);
        while (!await TryConnectAsync(connection))
        {
            _ = await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <exception cref="FileNotFoundException">Nobody has started a nats-server for this data folder
    /// yet.</exception>
    public static string ReadPassword(DataFolder data) => File.ReadAllText(data.NatsPasswordFile).Trim();

    private static async Task<bool> TryConnectAsync(NatsConnection connection)
    {
        try
        {
            await connection.ConnectAsync();
            return true;
        }
        catch (NatsException)
        {
            return false;
        }
    }
}
