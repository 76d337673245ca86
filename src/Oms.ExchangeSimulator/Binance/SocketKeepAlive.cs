namespace Oms.ExchangeSimulator.Binance;

/// <summary>A ping every 20 seconds; a connection that does not answer within a minute is over.</summary>
internal static class SocketKeepAlive
{
    public static WebSocketAcceptContext Accept() => new()
    {
        KeepAliveInterval = TimeSpan.FromSeconds(20),
        KeepAliveTimeout = TimeSpan.FromMinutes(1),
    };
}
