using System.Security.Cryptography;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Silo.Hosting;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>A real nats-server that knows the user of the OMS.</summary>
public sealed class OmsNats : IAsyncLifetime
{
    private NatsServer? _server;

    internal NatsServer Server => _server ?? throw new InvalidOperationException("not started");

    internal string Password { get; } = RandomNumberGenerator.GetHexString(32);

    internal int Port => new Uri(Server.Url).Port;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(new NatsServerSettings
    {
        // The server takes the last of two blocks.
        ExtraConfiguration = $$"""
            authorization { users: [ { user: oms, password: "{{Password}}" } ] }
            """,
    });

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal NatsConnection Connect() => NatsLink.Create(Port, Password);

    /// <summary>Everything in an account's stream: subject, message id, payload.</summary>
    internal static async Task<List<StoredMessage>> ReadAsync(NatsConnection connection, string stream)
    {
        var messages = new List<StoredMessage>();
        INatsJSStream jetStream = await new NatsJSContext(connection).GetStreamAsync(stream);
        long count = jetStream.Info.State.Messages;
        if (count == 0)
        {
            return messages;
        }

        INatsJSConsumer consumer = await jetStream.CreateOrderedConsumerAsync();
        await foreach (NatsJSMsg<string> message in consumer.ConsumeAsync<string>())
        {
            string id = message.Headers?["Nats-Msg-Id"].ToString() ?? "";
            messages.Add(new(message.Subject, id, message.Data ?? ""));
            if (messages.Count == count)
            {
                break;
            }
        }

        return messages;
    }
}
