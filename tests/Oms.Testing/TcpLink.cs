using System.Net;
using System.Net.Sockets;

namespace Oms.Testing;

/// <summary>
/// A TCP connection's way through a port of its own, on which replies can be lost and connections cut.
/// </summary>
public sealed class TcpLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _open = [];
    private readonly Lock _gate = new();
    private readonly int _targetPort;
    private readonly Task _accepting;
    private volatile bool _losesReplies;

    public TcpLink(int targetPort)
    {
        _targetPort = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on requests pass and replies vanish, until the connections are cut.</summary>
    public void LoseReplies() => _losesReplies = true;

    /// <summary>Closes all connections; new ones work again both ways.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var client in _open)
            {
                client.Close();
            }

            _open.Clear();
            _losesReplies = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                var far = new TcpClient();
                lock (_gate)
                {
                    _open.Add(near);
                    _open.Add(far);
                }

                await far.ConnectAsync(IPAddress.Loopback, _targetPort, _stop.Token);
                passing.Add(PassAsync(near, far, isReply: false));
                passing.Add(PassAsync(far, near, isReply: true));
            }
            catch (Exception ended)
                when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The link or one of its connections was closed.
            }
        }

        await Task.WhenAll(passing);
    }

    private async Task PassAsync(TcpClient from, TcpClient to, bool isReply)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                if (!isReply || !_losesReplies)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                }
            }
        }
        catch (Exception cut)
            when (cut is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
