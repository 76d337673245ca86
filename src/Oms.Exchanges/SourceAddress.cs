using System.Net;
using System.Net.Sockets;

namespace Oms.Exchanges;

/// <summary>
/// The address of this host from which an account speaks to its exchange, which counts requests by it.
/// </summary>
internal static class SourceAddress
{
    /// <summary>How connections from there are made; null for however the system makes them.</summary>
    public static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? Connector(
        IPAddress? source) => source is null ? null : (context, cancellation) => Connect(source, context, cancellation);

    /// <exception cref="NotSupportedException">This host has no such address.</exception>
    public static void Check(IPAddress source)
    {
        try
        {
            using var socket = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(source, 0));
        }
        catch (SocketException exception)
        {
            throw new NotSupportedException($"source_ip {source}: {exception.Message}", exception);
        }
    }

    private static async ValueTask<Stream> Connect(
        IPAddress source, SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
