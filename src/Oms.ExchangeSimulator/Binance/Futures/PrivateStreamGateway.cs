using System.Text.Json;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>
/// The front of user data of futures: /ws/&lt;listenKey&gt; and /ws?listenKey= send events as they are, /stream wraps
/// them. A key may come later too, as the name of a stream that is subscribed to. A connection answers control
/// requests, whatever becomes of its key.
/// </summary>
internal sealed class PrivateStreamGateway(UserStreams users, ListenKeys keys)
{
    public const string Root = "/private";

    public async Task AcceptAsync(HttpContext context)
    {
        string path = (context.Request.Path.Value ?? "")[Root.Length..];
        bool isCombined = path.StartsWith("/stream", StringComparison.Ordinal);
        string named = isCombined ? context.Request.Query["streams"].ToString() : path["/ws".Length..].Trim('/');
        string key = named.Length > 0 ? named : context.Request.Query["listenKey"].ToString();
        if (!context.WebSockets.IsWebSocketRequest || (key.Length > 0 && keys.AccountOf(key) is null))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using System.Net.WebSockets.WebSocket socket =
            await context.WebSockets.AcceptWebSocketAsync(SocketKeepAlive.Accept());
        using SocketConnection connection = new(socket);
        StreamSession session = new(connection, new MarketStreams(), isCombined)
        {
            Subscribing = name => Listen(connection, name, isCombined),
        };
        Listen(connection, key, isCombined);
        await connection.RunAsync(session.OnMessage, context.RequestAborted);
        users.Remove(connection, null);
    }

    /// <summary>What is no key of anybody is never heard of.</summary>
    private void Listen(SocketConnection connection, string key, bool isCombined)
    {
        if (keys.AccountOf(key) is { } account)
        {
            users.Add(connection, account, 0, write => isCombined ? json => Wrap(json, key, write) : write);
        }
    }

    private static void Wrap(Utf8JsonWriter json, string key, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        json.WriteString("stream", key);
        json.WritePropertyName("data");
        write(json);
        json.WriteEndObject();
    }
}
