using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>
/// The ways on which an account's orders, changes and cancels go to the exchange: a connection of the account's own to
/// the WebSocket API, and REST as long as that is not up. A request goes out on one way, once; what left on a
/// connection and has no answer is of unknown outcome, and is not sent on the other.
/// </summary>
internal sealed class OrderChannel(
    string exchange, Uri? uri, RestClient rest, AccountCredentials account, int recvWindowMs, TimeProvider time,
    ILogger logger)
{
    /// <summary>The exchange ends a connection after 24 hours: before that it is changed for another.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromHours(23);
    public static readonly TimeSpan LogOnTimeout = TimeSpan.FromSeconds(5);

    private volatile SocketSession? _session;

    /// <summary>Whether the next request goes by the WebSocket API.</summary>
    public bool IsSocketUp => _session is not null;

    /// <summary>Keeps the connection; does nothing where there is none to be had.</summary>
    public Task Run(CancellationToken cancellation) => uri is null
        ? Task.CompletedTask
        : new Reconnection(exchange, uri, time, logger).Run(stop => Connect(uri, stop), cancellation);

    public Task<Outcome<TReply>> Send<TReply>(
        RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation)
    {
        request = request.Timed(rest.Budget);
        return request.SocketMethod is { } method && Ready is not null
            ? SendBySocket(method, request, read, cancellation)
            : rest.Send(request, read, cancellation);
    }

    /// <summary>The connection that takes requests now; null for none.</summary>
    private SocketSession? Ready =>
        _session is { IsLost: false } session && session.Key == account.Key && rest.Clock.IsSynchronised
            ? session
            : null;

    private async Task<Outcome<TReply>> SendBySocket<TReply>(
        string method, RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation)
    {
        Admission admission = await request.Admit(rest.Budget, cancellation);
        if (!admission.IsGranted)
        {
            return rest.Judge.NotSent<TReply>();
        }

        // While it waited, the connection may have gone, or its key: then nothing has left.
        SocketSession? session = Ready;
        long id = session?.NextId() ?? 0;
        if (session is null || Frame(session, id, method, request.Parameters) is not { } frame)
        {
            rest.Budget.NotSent(admission);
            return await rest.Send(request with { Granted = null }, read, cancellation);
        }

        using var timeout = new CancellationTokenSource(RestClient.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        long sent = time.GetTimestamp();
        SocketReply? reply = await session.Ask(id, frame, either.Token);
        cancellation.ThrowIfCancellationRequested();
        if (reply is null)
        {
            return new Outcome<TReply>.Unknown("no answer on the WebSocket API", new(sent, 0));
        }

        Outcome<TReply> outcome = AnswerJudge.Told(Judge(reply, read, new(sent, time.GetTimestamp())), account);
        rest.Budget.Answered(admission, outcome is Outcome<TReply>.Refused, reply.Used.AsSpan());
        // Proof that it was not executed, and that the clock is to be read again.
        return outcome is Outcome<TReply>.Refused { ErrorCode: ErrorTable.OutsideRecvWindow }
            && await rest.SynchroniseClock(cancellation)
            ? await rest.Send(request with { Granted = null }, read, cancellation)
            : outcome;
    }

    private Outcome<TReply> Judge<TReply>(SocketReply reply, Func<byte[], TReply> read, RequestTimes times)
    {
        TimeSpan? retryAfter = reply.RetryAfterMs > 0
            ? TimeSpan.FromMilliseconds(Math.Max(0, reply.RetryAfterMs - rest.Clock.TimestampMs()))
            : null;
        return reply.Status < 400
            ? rest.Judge.Read(reply.Result, read, times)
            : rest.Judge.Refuse<TReply>(reply.Status, reply.Code, reply.Text, retryAfter, account.Id, times);
    }

    /// <summary>
    /// Signed, where the connection as a whole is not; null where the connection's key signs no more.
    /// </summary>
    private byte[]? Frame(SocketSession session, long id, string method, RequestParameters parameters)
    {
        long timestampMs = rest.Clock.TimestampMs();
        return session.IsLoggedOn
            ? Timed(parameters, recvWindowMs, timestampMs).ToFrame(id, method)
            : account.Sign(key => key == session.Key
                ? SignedFrame(parameters, key, id, method, recvWindowMs, timestampMs)
                : null);
    }

    /// <summary>A request as it goes out under a key that has not logged on.</summary>
    public static byte[] SignedFrame(
        RequestParameters parameters, SigningKey key, long id, string method, int recvWindowMs, long timestampMs)
    {
        RequestParameters all = Timed(parameters, recvWindowMs, timestampMs).Add("apiKey", key.ApiKey);
        return all.Add("signature", RequestSigner.SignWebSocketApi(all.Pairs(), key)).ToFrame(id, method);
    }

    private static RequestParameters Timed(RequestParameters parameters, int recvWindowMs, long timestampMs) =>
        parameters.Copy().Add("recvWindow", recvWindowMs).Add("timestamp", timestampMs);

    private async Task Connect(Uri to, CancellationToken cancellation)
    {
        if (!rest.Clock.IsSynchronised && !await rest.SynchroniseClock(cancellation))
        {
            throw new IOException("the exchange's clock is not known");
        }

        var socket = new TextSocket(account.Source);
        using var session = new SocketSession(socket, account.Key);
        await socket.Connect(to, time, cancellation);
        Log.Connected(logger, exchange, to);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task receiving = Receive(socket, session, stop.Token);
        try
        {
            await LogOn(session, cancellation);
            _session = session;
            await Live(session, receiving, stop.Token);
        }
        finally
        {
            _session = null;
            await LetAnswer(session, receiving, cancellation);
            session.Lose();
            await stop.CancelAsync();
        }

        if (receiving.IsFaulted)
        {
            await receiving;
        }
    }

    /// <summary>Until the connection is lost, is old, or its key signs no more.</summary>
    private async Task Live(SocketSession session, Task receiving, CancellationToken cancellation)
    {
        try
        {
            _ = await Task.WhenAny(receiving, account.Replaced(session.Key)).WaitAsync(LifeMax, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The exchange would end it soon.
        }
    }

    /// <summary>What is under way on a connection that is given up may still be answered.</summary>
    private async Task LetAnswer(SocketSession session, Task receiving, CancellationToken cancellation)
    {
        try
        {
            _ = await Task.WhenAny(receiving, session.WhenAnswered())
                .WaitAsync(RestClient.AnswerTimeout, time, cancellation);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Whoever waits learns that there is no answer.
        }
    }

    /// <summary>A key that may speaks for the whole connection; any other signs each request.</summary>
    private async Task LogOn(SocketSession session, CancellationToken cancellation)
    {
        if (!session.Key.MayLogOn)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(LogOnTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        long id = session.NextId();
        byte[] frame = Frame(session, id, "session.logon", new()) ?? throw new IOException("its key signs no more");
        SocketReply? reply = await session.Ask(id, frame, either.Token);
        session.IsLoggedOn = reply is { Status: < 400 }
            ? true
            : throw new IOException(reply is null ? "no answer to session.logon" : $"session.logon: {reply.Text}");
    }

    private async Task Receive(TextSocket socket, SocketSession session, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                ReadOnlyMemory<byte> frame = await socket.Receive(cancellation);
                SocketReply reply = Read(frame.Span);
                session.Answer(reply);
                if (reply is { Id: null, Status: >= 400 })
                {
                    throw new IOException($"the exchange ends the session with {reply.Code}: {reply.Text}");
                }
            }
        }
        finally
        {
            session.Lose();
        }
    }

    private SocketReply Read(ReadOnlySpan<byte> frame)
    {
        try
        {
            return SocketReply.Read(frame);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(exchange));
            Log.Unreadable(logger, exchange, "answer of the WebSocket API", exception.Message);
            throw new IOException("an answer that cannot be read", exception);
        }
    }
}
