using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Oms.Exchanges.Tests;

/// <summary>
/// A loopback HTTP server whose every answer the test writes; it speaks no more than that, so that it can do
/// what no proper server does.
/// </summary>
internal sealed class ScriptedExchange : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ScriptedRequest, ScriptedAnswer> _answer;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public ScriptedExchange(Func<ScriptedRequest, ScriptedAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = Accept();
    }

    public Uri Uri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Everything asked but the time, in the order of arrival.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = [];

    public int TimesAsked { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _connections.Add(Serve(client));
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            IPAddress source = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
            while (await Read(stream, source) is { } request)
            {
                ScriptedAnswer answer = AnswerTo(request);
                if (answer.After is not null)
                {
                    await answer.After.WaitAsync(_stop.Token);
                }

                if (answer.Status == 0)
                {
                    return;
                }

                await stream.WriteAsync(
                    Encoding.UTF8.GetBytes(
                        $"HTTP/1.1 {answer.Status} Scripted\r\n"
                        + $"Content-Length: {Encoding.UTF8.GetByteCount(answer.Body)}\r\n"
                        + $"{answer.Headers}\r\n{answer.Body}"),
                    _stop.Token);
            }
        }
    }

    private ScriptedAnswer AnswerTo(ScriptedRequest request)
    {
        if (request.Path is "/api/v3/time" or "/fapi/v1/time")
        {
            TimesAsked++;
            return new(200, $$"""{"serverTime":{{1_700_000_000_000 + TimesAsked}}}""");
        }

        Requests.Enqueue(request);
        return _answer(request);
    }

    private async Task<ScriptedRequest?> Read(NetworkStream stream, IPAddress source)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (true)
        {
            if (text.ToString().Split("\r\n\r\n", 2) is [var head, var body] && body.Length >= LengthOf(head))
            {
                string[] line = head.Split("\r\n")[0].Split(' ');
                string[] target = line[1].Split('?', 2);
                return new(line[0], target[0], (
                    target.Length > 1 ? target[1] : "") + body, HeaderOf(head, "X-MBX-APIKEY"), source);
            }

            int count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return null;
            }

            _ = text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }

    private static int LengthOf(string head) =>
        int.TryParse(HeaderOf(head, "Content-Length"), out int length) ? length : 0;

    private static string HeaderOf(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(
            $"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..] ?? "";
}
