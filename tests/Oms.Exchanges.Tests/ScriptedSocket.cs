using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Oms.Testing;

namespace Oms.Exchanges.Tests;

/// <summary>A WebSocket API on the loopback whose every answer the test writes.</summary>
internal sealed class ScriptedSocket : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<JsonElement, string?> _answer;
    private readonly ConcurrentBag<WebSocket> _sockets = [];
    private readonly Task _accepting;

    /// <param name="answer">Of a request; null closes the connection without one.</param>
    public ScriptedSocket(Func<JsonElement, string?> answer)
    {
        _answer = answer;
        int port = Loopback.FreePort();
        Uri = new($"ws://127.0.0.1:{port}/ws-api/v3");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _accepting = Accept();
    }

    public Uri Uri { get; }

    public ConcurrentQueue<JsonElement> Requests { get; } = [];

    public IEnumerable<string> Methods => Requests.Select(request => request.GetProperty("method").GetString()!);

    public int OpenCount => _sockets.Count(socket => socket.State == WebSocketState.Open);

    /// <summary>Says the same on every connection that is open.</summary>
    public async Task Push(string text)
    {
        foreach (WebSocket socket in _sockets.Where(socket => socket.State == WebSocketState.Open))
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (WebSocket socket in _sockets)
        {
            socket.Abort();
        }

        _listener.Close();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var serving = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            HttpListenerContext context = await _listener.GetContextAsync();
            HttpListenerWebSocketContext accepted = await context.AcceptWebSocketAsync(subProtocol: null);
            _sockets.Add(accepted.WebSocket);
            serving.Add(Serve(accepted.WebSocket));
        }
    }

    private async Task Serve(WebSocket socket)
    {
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, _stop.Token);
            JsonElement request = JsonDocument.Parse(buffer.AsMemory(0, received.Count).ToArray()).RootElement;
            Requests.Enqueue(request);
            if (_answer(request) is not { } answer)
            {
                socket.Abort();
                return;
            }

            string text = answer.Replace("ID", $"{request.GetProperty("id").GetInt64()}", StringComparison.Ordinal);
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
    }
}
