using NATS.Client.Core;
using Oms.Testing;

namespace Orleans.JetStream.Tests;

internal static class NatsServerExtensions
{
    extension(NatsServer server)
    {
        /// <summary>Options of a connection that is back soon after the server is.</summary>
        public NatsOpts ToOptions() => server.ToOptions(server.Port);

        /// <summary>The same by way of another port, such as a link's.</summary>
        public NatsOpts ToOptions(int port) => new()
        {
            Url = $"nats://127.0.0.1:{port}",
            AuthOpts = new NatsAuthOpts { Username = NatsServer.User, Password = server.Password },
            ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
            ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
        };
    }
}
