using System.Net;
using System.Net.WebSockets;

namespace Oms.Exchanges;

/// <summary>A WebSocket client that receives whole messages. One caller sends, one receives.</summary>
internal sealed class TextSocket : IDisposable
{
    /// <summary>A longer message ends the connection: no exchange sends such.</summary>
    public const int MessageBytesMax = 16 << 20;

    /// <summary>We ping as often as exchanges do, and take a peer that does not answer for gone.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(40);
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker? _connections;
    private byte[] _buffer = new byte[64 << 10];

    /// <param name="source">The address of this host that it speaks from; null for whichever the system takes.</param>
    public TextSocket(IPAddress? source = null)
    {
        if (SourceAddress.Connector(source) is { } connector)
        {
            _connections = new(new SocketsHttpHandler { ConnectCallback = connector });
        }

        _socket.Options.KeepAliveInterval = PingInterval;
        _socket.Options.KeepAliveTimeout = PongTimeout;
    }

    public async Task Connect(Uri uri, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            await _socket.ConnectAsync(uri, _connections, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no connection within {ConnectTimeout.TotalSeconds:0} s");
        }
    }

    public ValueTask Send(ReadOnlyMemory<byte> text, CancellationToken cancellation) =>
        _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <summary>The next whole message, valid until the next call.</summary>
    /// <exception cref="WebSocketException">The connection is lost or was closed.</exception>
    public async Task<ReadOnlyMemory<byte>> Receive(CancellationToken cancellation)
    {
        int length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= MessageBytesMax)
                {
                    throw new WebSocketException($"a message of more than {MessageBytesMax} bytes");
                }

                Array.Resize(ref _buffer, length * 2);
            }

            ValueWebSocketReceiveResult received =
                await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException(
                    $"closed by the exchange ({_socket.CloseStatus}: {_socket.CloseStatusDescription})");
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _connections?.Dispose();
    }
}
