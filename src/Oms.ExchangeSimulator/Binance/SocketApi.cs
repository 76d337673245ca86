using System.Collections.Concurrent;
using System.Globalization;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>The WebSocket API: the same calls as REST, sessions, and of spot the user data streams.</summary>
/// <param name="userStreams">Null where they are not had on such a connection.</param>
internal sealed class SocketApi(
    ExchangeCore exchange,
    CallDispatch dispatch,
    UserStreams? userStreams,
    IEnumerable<ApiCall> calls,
    int connectWeight)
{
    private readonly ConcurrentDictionary<SocketConnection, bool> _connections = new();

    private readonly Dictionary<string, ApiCall> _calls = calls
        .Where(call => call.SocketMethod is not null)
        .ToDictionary(call => call.SocketMethod ?? "", StringComparer.Ordinal);

    /// <summary>Cuts connections off; tells how many.</summary>
    public int Drop(int countMax)
    {
        List<SocketConnection> dropped = [.. _connections.Keys.Take(countMax)];
        foreach (SocketConnection connection in dropped)
        {
            connection.Drop();
        }

        return dropped.Count;
    }

    public async Task AcceptAsync(HttpContext context)
    {
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (dispatch.Ban() is { } ban)
        {
            context.Response.StatusCode = ban.Status;
            context.Response.Headers.RetryAfter =
                ((RetryAfter.Ms(ban, exchange.NowMs()) + 999) / 1_000).ToString(CultureInfo.InvariantCulture);
            return;
        }

        if (!dispatch.TryUse(address, connectWeight).IsWithin)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using System.Net.WebSockets.WebSocket socket =
            await context.WebSockets.AcceptWebSocketAsync(SocketKeepAlive.Accept());
        using SocketConnection connection = new(socket);
        SocketApiSession session = new(exchange, dispatch, userStreams, _calls, connection, address);
        _ = _connections.TryAdd(connection, true);
        await connection.RunAsync(
            message =>
            {
                session.OnMessage(message);
                return true;
            },
            context.RequestAborted);
        _ = _connections.TryRemove(connection, out _);
        userStreams?.Remove(connection, null);
    }
}
