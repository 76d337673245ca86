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
    private readonly Dictionary<string, ApiCall> _calls = calls
        .Where(call => call.SocketMethod is not null)
        .ToDictionary(call => call.SocketMethod ?? "", StringComparer.Ordinal);

    public async Task AcceptAsync(HttpContext context)
    {
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
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
        await connection.RunAsync(
            message =>
            {
                session.OnMessage(message);
                return true;
            },
            context.RequestAborted);
        userStreams?.Remove(connection, null);
    }
}
