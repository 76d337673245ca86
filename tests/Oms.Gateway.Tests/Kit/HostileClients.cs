using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;

namespace Oms.Gateway.Tests.Kit;

/// <summary>
/// Requests of clients that are broken or mean harm, by a seed. None throws for what the gateway answers; all that they
/// keep open is closed with them.
/// </summary>
internal sealed class HostileClients : IDisposable
{
    private const int BodyBytesMax = 512;
    private const int HeldMax = 250;

    private static readonly string[] Methods =
    [
        "OrderService/PlaceOrder", "OrderService/StreamCommands", "OrderService/ExecuteBatch",
        "OrderService/ListOrders", "AccountService/StartTransfer", "RiskService/Halt", "NoService/NoMethod",
    ];

    /// <summary>RFC 9113 3.4: what a client of HTTP/2 says first.</summary>
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly TestDeployment _deployment;
    private readonly HttpClient _http;
    private readonly V1.OrderService.OrderServiceClient _orders;
    private readonly Queue<IDisposable> _held = [];
    private readonly X509ChainPolicy _trust;
    private readonly Random _random;
    private int _abandoned;

    public HostileClients(TestDeployment deployment, int seed)
    {
        _deployment = deployment;
        _http = deployment.Http(TestDeployment.OperatorToken);
        _orders = deployment.Orders();
        _trust = deployment.Trust();
        _random = new(seed);
    }

    /// <summary>A message that is none: random bytes, a wrong length, a wrong flag, or an encoding of nobody.</summary>
    public Task Malformed()
    {
        byte[] body = new byte[5 + _random.Next(BodyBytesMax)];
        _random.NextBytes(body.AsSpan(5));
        int length = body.Length - 5;
        body[0] = _random.Next(4) == 0 ? (byte)_random.Next(1, 256) : (byte)0;
        int said = _random.Next(4) == 0 ? _random.Next(length * 2) : length;
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), said);
        return Post(body, _random.Next(8) == 0 ? "identity" : null);
    }

    /// <summary>A message that says it is larger than any may be, and one in a hundred that is.</summary>
    public Task Oversized()
    {
        int said = _random.Next(GatewayLimits.RequestBytesMax + 1, int.MaxValue);
        bool isFull = _random.Next(100) == 0;
        byte[] body = new byte[5 + (isFull ? GatewayLimits.RequestBytesMax + 1 : _random.Next(BodyBytesMax))];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), isFull ? body.Length - 5 : said);
        return Post(body, null);
    }

    /// <summary>A connection that says nothing, or the beginning of something.</summary>
    public async Task HalfOpen()
    {
        Socket socket = await Connect();
        byte[] beginning = new byte[_random.Next(64)];
        _random.NextBytes(beginning);
        _ = await socket.SendAsync(beginning);
        Hold(socket);
    }

    /// <summary>A request that comes a byte at a time and never whole.</summary>
    public async Task SlowLoris()
    {
        var tls = new SslStream(new NetworkStream(await Connect(), ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            CertificateChainPolicy = _trust,
        });
        for (int index = 0; index < _random.Next(1, Preface.Length); index++)
        {
            await tls.WriteAsync(Preface.AsMemory(index, 1));
        }

        Hold(tls);
    }

    /// <summary>A call that is given up as soon as it is made.</summary>
    public async Task Abandoned()
    {
        string id = $"abandoned-{_abandoned++}";
        if (_random.Next(4) == 0)
        {
            using AsyncDuplexStreamingCall<V1.StreamCommandsRequest, V1.StreamCommandsResponse> stream =
                _orders.StreamCommands();
            await stream.RequestStream.WriteAsync(
                new() { Commands = { new V1.Command { RequestId = 1, Place = PlaceOrderTests.Limit(id) } } });
            return;
        }

        using AsyncUnaryCall<V1.PlaceOrderResponse> call = _orders.PlaceOrderAsync(PlaceOrderTests.Limit(id));
        if (_random.Next(2) == 0)
        {
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        while (_held.TryDequeue(out IDisposable? held))
        {
            held.Dispose();
        }

        _http.Dispose();
    }

    private async Task Post(byte[] body, string? encoding)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/oms.v1.{Methods[_random.Next(Methods.Length)]}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, patience.Token);
            Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // Refused below HTTP: the stream was reset.
        }
    }

    private async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _deployment.Port);
        return socket;
    }

    /// <summary>Keeps the connection; of many the oldest is closed.</summary>
    private void Hold(IDisposable connection)
    {
        _held.Enqueue(connection);
        if (_held.Count > HeldMax)
        {
            _held.Dequeue().Dispose();
        }
    }
}
