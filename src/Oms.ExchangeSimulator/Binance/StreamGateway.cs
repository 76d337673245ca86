namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// The market streams' front: /ws and /ws/&lt;stream&gt; send events as they are, /stream wraps them.
/// </summary>
/// <param name="root">The path before these two.</param>
internal sealed class StreamGateway(MarketStreams streams, string root = "")
{
    public async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using System.Net.WebSockets.WebSocket socket =
            await context.WebSockets.AcceptWebSocketAsync(SocketKeepAlive.Accept());
        using SocketConnection connection = new(socket);
        string path = (context.Request.Path.Value ?? "")[root.Length..];
        bool isCombined = path.StartsWith("/stream", StringComparison.Ordinal);
        StreamSession session = new(connection, streams, isCombined);
        string names = isCombined ? context.Request.Query["streams"].ToString() : path["/ws".Length..];
        session.Subscribe(names.Split('/', StringSplitOptions.RemoveEmptyEntries));
        await connection.RunAsync(session.OnMessage, context.RequestAborted);
        session.Leave();
    }
}
