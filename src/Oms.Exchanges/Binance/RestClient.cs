using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Sends requests over REST and says what became of them. Sends once; again only after -1021, which proves that it
/// was not executed, with the clock read anew. Nothing retries around an order.
/// </summary>
internal sealed class RestClient : IDisposable
{
    /// <summary>
    /// The exchange gives up after 10 s; an answer this late is resolved by a query instead.
    /// </summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    public const int ConnectionsMax = 128;
    /// <summary>Questions leave the connections to orders and cancels.</summary>
    public const int QuestionsAtOnceMax = 16;
    public const int AnswerBytesMax = 32 << 20;
    public const int PlainTextBytesMax = 100;

    private readonly string _exchange;
    private readonly Uri _uri;
    private readonly RestDialect _dialect;
    private readonly int _recvWindowMs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _questions = new(QuestionsAtOnceMax);

    /// <param name="source">The address of this host that it speaks from; null for whichever the system takes.</param>
    public RestClient(
        string exchange, Uri uri, RestDialect dialect, ExchangeClock clock, RateLimits limits, IPAddress? source,
        int recvWindowMs, TimeProvider time, ILogger logger)
    {
        (_exchange, _uri, _dialect, _recvWindowMs, _time, _logger) =
            (exchange, uri, dialect, recvWindowMs, time, logger);
        Clock = clock;
        Budget = new(limits, clock, time);
        Judge = new(exchange, dialect.Errors, Budget, logger);
        _http = new(new SocketsHttpHandler
        {
            ConnectCallback = SourceAddress.Connector(source),
            ConnectTimeout = ConnectTimeout,
            MaxConnectionsPerServer = ConnectionsMax,
            // Below what servers allow: a connection that the server is about to close is not one to send an
            // order on.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
    }

    public ExchangeClock Clock { get; }

    public RequestBudget Budget { get; }

    public AnswerJudge Judge { get; }

    /// <summary>Asks for public facts.</summary>
    /// <param name="weight">What it costs of the weight of a minute.</param>
    /// <param name="read">Reads the body of a success; what it cannot read is of unknown outcome.</param>
    public Task<Outcome<TReply>> Get<TReply>(
        string path, RequestParameters parameters, int weight, Func<byte[], TReply> read,
        CancellationToken cancellation) =>
        Send(
            new(HttpMethod.Get, path, parameters, RequestLane.Query, null) { Weight = weight }, read, cancellation);

    /// <summary>Sends a request when the exchange's limits let it go; signed when it is an account's.</summary>
    public async Task<Outcome<TReply>> Send<TReply>(
        RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation)
    {
        request = request.Timed(Budget);
        if (request.Lane != RequestLane.Query)
        {
            return await SendNow(request, read, cancellation);
        }

        await _questions.WaitAsync(cancellation);
        try
        {
            if (Clock.IsSynchronised && Clock.IsReadingOld)
            {
                // An old reading is better than none: whether this one succeeds changes nothing for the request.
                _ = await SynchroniseClock(cancellation);
            }

            return await SendNow(request, read, cancellation);
        }
        finally
        {
            _ = _questions.Release();
        }
    }

    private async Task<Outcome<TReply>> SendNow<TReply>(
        RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation)
    {
        if (request.IsSigned && !Clock.IsSynchronised && !await SynchroniseClock(cancellation))
        {
            if (request.Granted is { } granted)
            {
                Budget.NotSent(in granted);
            }

            return new Outcome<TReply>.Refused(
                RejectReason.ExchangeOverloaded, 0, "not sent: the exchange's clock is not known", default);
        }

        Outcome<TReply> outcome = await SendOnce(request, read, cancellation);
        return outcome is Outcome<TReply>.Refused { ErrorCode: ErrorTable.OutsideRecvWindow }
            && request is { IsSigned: true, IsOfSeveral: false } && await SynchroniseClock(cancellation)
            ? await SendOnce(request with { Granted = null }, read, cancellation)
            : outcome;
    }

    /// <summary>Reads the exchange's clock; false when that failed.</summary>
    public async Task<bool> SynchroniseClock(CancellationToken cancellation)
    {
        Outcome<RestAnswer.ServerTime> outcome = await SendOnce(
            new(HttpMethod.Get, _dialect.TimePath, new(), RequestLane.Cancel, null),
            body => JsonSerializer.Deserialize(body, RestJson.Default.ServerTime)
                ?? throw new JsonException("no time"),
            cancellation);
        if (outcome is not Outcome<RestAnswer.ServerTime>.Accepted accepted)
        {
            return false;
        }

        Clock.Synchronise(accepted.Times.Sent, accepted.Times.ReplyReceived, accepted.Reply.UnixMs);
        Log.ClockSynchronised(
            _logger, _exchange, Clock.OffsetMs(), (long)Clock.RoundTrip.TotalMilliseconds);
        return true;
    }

    public void Dispose()
    {
        _http.Dispose();
        _questions.Dispose();
        Budget.Dispose();
    }

    private async Task<Outcome<TReply>> SendOnce<TReply>(
        RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation)
    {
        Admission admission = await request.Admit(Budget, cancellation);
        if (!admission.IsGranted)
        {
            return Judge.NotSent<TReply>();
        }

        using HttpRequestMessage message = Compose(request);
        using var timeout = new CancellationTokenSource(AnswerTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        long sent = _time.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(message, either.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            Outcome<TReply> outcome =
                JudgeAnswer(response, body, read, admission.Claim, new(sent, _time.GetTimestamp()));
            NoteUse(admission, outcome, response);
            return AnswerJudge.Told(outcome, request.Account);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Outcome<TReply>.Unknown(
                $"no answer within {AnswerTimeout.TotalSeconds:0} s", new(sent, 0));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError)
        {
            // These three come from connecting: no byte of the request has left.
            Budget.NotSent(admission);
            return new Outcome<TReply>.Refused(
                RejectReason.ExchangeOverloaded, 0, $"not sent: {exception.Message}", default);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Outcome<TReply>.Unknown(exception.Message, new(sent, 0));
        }
    }

    private HttpRequestMessage Compose(RestRequest request)
    {
        string unsigned = request.Parameters.ToString();
        (string parameters, string? apiKey) = request.Account is { } account
            ? account.Sign(key => (Signed(request, unsigned, key), key.ApiKey))
            : (unsigned, null);

        // What makes or changes an order travels in a body: the client library sends a request without one again, by
        // itself, when a pooled connection is closed under it. That must never happen to an order.
        bool hasBody = request.Method == HttpMethod.Post || request.Method == HttpMethod.Put;
        string query = hasBody || parameters.Length == 0 ? "" : "?" + parameters;
        var message = new HttpRequestMessage(request.Method, new Uri(_uri, request.Path + query));
        if (hasBody)
        {
            message.Content = new StringContent(
                parameters, Encoding.ASCII, "application/x-www-form-urlencoded");
        }

        if (apiKey is not null)
        {
            message.Headers.Add("X-MBX-APIKEY", apiKey);
        }

        return message;
    }

    private string Signed(RestRequest request, string parameters, SigningKey key) => request.IsSigned
        ? RequestSigner.SignRest(parameters, _recvWindowMs, Clock.TimestampMs(), key)
        : parameters;

    private Outcome<TReply> JudgeAnswer<TReply>(
        HttpResponseMessage response, byte[] body, Func<byte[], TReply> read, in RequestClaim claim,
        RequestTimes times)
    {
        if (response.IsSuccessStatusCode)
        {
            return Judge.Read(body, read, times);
        }

        RestAnswer.Error? error = ReadError(body);
        int code = error?.Code ?? 0;
        string text = error?.Msg ?? PlainText(body) ?? $"HTTP {(int)response.StatusCode}";
        return Judge.Refuse<TReply>(
            (int)response.StatusCode, code, text, response.Headers.RetryAfter?.Delta, claim.Account, times);
    }

    private static RestAnswer.Error? ReadError(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, RestJson.Default.Error);
        }
        catch (JsonException)
        {
            // A page of a proxy or firewall: there is no code.
            return null;
        }
    }

    /// <summary>A short answer that is no JSON, as it is; null for what is nothing of the kind.</summary>
    private static string? PlainText(byte[] body) =>
        body.Length is > 0 and <= PlainTextBytesMax && !body.AsSpan().ContainsAny((byte)'<', (byte)'{')
            ? Encoding.UTF8.GetString(body).Trim()
            : null;

    private void NoteUse<TReply>(in Admission admission, Outcome<TReply> outcome, HttpResponseMessage response)
    {
        Span<LimitUse> told = stackalloc LimitUse[LimitHeaders.UsesMax];
        int count = LimitHeaders.Read(response.Headers, told);
        Budget.Answered(admission, outcome is Outcome<TReply>.Refused, told[..count]);
    }
}
