using System.Net.WebSockets;
using System.Threading.Channels;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// A WebSocket with a bounded queue of what is still to be sent: a reader that falls behind is cut off, and
/// never slows the exchange down.
/// </summary>
internal sealed class SocketConnection(WebSocket socket) : IDisposable
{
    private const int QueueMax = 8_192;
    private const int MessageBytesMax = 256 * 1_024;

    private readonly Channel<ReadOnlyMemory<byte>> _outbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _closing = new();

    /// <summary>
    /// Queues a text message; false, and the end of the connection, when the queue is full.
    /// </summary>
    public bool TrySend(ReadOnlyMemory<byte> message)
    {
        if (_outbox.Writer.TryWrite(message))
        {
            return true;
        }

        Drop();
        return false;
    }

    /// <summary>Ends the connection at once, as a failing network would.</summary>
    public void Drop()
    {
        _ = _outbox.Writer.TryComplete();
        socket.Abort();
    }

    /// <summary>Sends and receives until either side ends.</summary>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, bool> onMessage, CancellationToken stopping)
    {
        using CancellationTokenSource linked =
            CancellationTokenSource.CreateLinkedTokenSource(stopping, _closing.Token);
        Task sending = SendAllAsync(linked.Token);
        try
        {
            while (await ReceiveAsync(linked.Token) is { } message && onMessage(message))
            {
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }

        _ = _outbox.Writer.TryComplete();
        await sending;
    }

    public void Dispose() => _closing.Dispose();

    private async Task SendAllAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (ReadOnlyMemory<byte> message in _outbox.Reader.ReadAllAsync(stopping))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stopping);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stopping);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
            await _closing.CancelAsync();
        }
    }

    /// <summary>One whole message; null when the other side closed, or sent too much.</summary>
    private async Task<byte[]?> ReceiveAsync(CancellationToken stopping)
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[4_096];
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), stopping);
            if (received.MessageType == WebSocketMessageType.Close || message.Length > MessageBytesMax)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
