using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// The user data of one account over a connection of its own. Before it is up the account is set as configured, and
/// where that could not be, it is looked at from time to time; from then on its key is kept, a silent connection is
/// asked to speak, and before the day that a connection lives is over another one takes its place without a gap.
/// </summary>
internal sealed class ListenKeyStream(
    string exchange, Uri streamUri, RestClient rest, FuturesAccount evidence, ListingCatalog listings,
    AccountCredentials account, TimeProvider time, ILogger logger)
    : IPrivateStream
{
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    /// <summary>The exchange ends a connection after 24 hours.</summary>
    public static readonly TimeSpan ConnectionLife = TimeSpan.FromHours(23);

    /// <summary>So long the old connection is still read when the new one is there.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private static readonly byte[] Ask = """{"method":"LIST_SUBSCRIPTIONS","id":1}"""u8.ToArray();

    private readonly ListenKey _key = new(rest, account);
    private readonly AccountSetup _setup = new(rest, evidence, listings, account, time, logger);
    private readonly FundingReport _funding = new(evidence, time);
    private readonly Uri _root = new($"{streamUri.AbsoluteUri.TrimEnd('/')}/private/ws/");
    private readonly ConnectionDoubt _doubt = new();
    private readonly OverlapMoves _moves = new();
    private long _received;

    public void Doubt(AccountId doubted)
    {
        if (doubted == account.Id)
        {
            _doubt.Raise();
        }
    }

    public Task Run(IExchangeListener listener, CancellationToken cancellation) =>
        new Reconnection(exchange, _root, time, logger)
            .Run(connection => RunUp(listener, connection), cancellation);

    private async Task RunUp(IExchangeListener listener, CancellationToken cancellation)
    {
        await _setup.Run(listener, cancellation);
        TextSocket socket = await Connect(cancellation);
        try
        {
            await listener.StreamChanged(account.Id, StreamState.Up, cancellation);
            try
            {
                while (true)
                {
                    TextSocket next = await RunUntilOld(socket, listener, cancellation);
                    _moves.EndOverlap();
                    socket.Dispose();
                    socket = next;
                }
            }
            finally
            {
                _moves.Forget();
                await listener.StreamChanged(account.Id, StreamState.Down, cancellation);
            }
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task<TextSocket> Connect(CancellationToken cancellation)
    {
        var socket = new TextSocket(account.Source);
        try
        {
            await socket.Connect(new(_root, await _key.Open(cancellation)), time, cancellation);
            Log.Connected(logger, exchange, _root);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads and keeps a connection until it is old, and for a while longer when the one that follows it is there: what
    /// is in both is told twice where it has an id, by which it is booked once, and else once. Throws when the
    /// connection, or its key, is lost.
    /// </summary>
    private async Task<TextSocket> RunUntilOld(
        TextSocket socket, IExchangeListener listener, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Volatile.Write(ref _received, time.GetTimestamp());
        Task keeping = Keep(socket, stop.Token);
        Task receiving = Receive(socket, listener, stop.Token);
        Task paying = _funding.Run(listener, stop.Token);
        Task looking = _setup.Watch(listener, stop.Token);
        try
        {
            await await Task.WhenAny(receiving, keeping, paying, looking, _doubt.Wait());
            _moves.BeginOverlap();
            TextSocket next = await Connect(cancellation);
            if (receiving.IsCompleted)
            {
                // Lost before the other was there: what came in between is in neither.
                next.Dispose();
                await receiving;
            }

            _ = await Task.WhenAny(receiving, Task.Delay(Overlap, time, cancellation));
            return next;
        }
        finally
        {
            await stop.CancelAsync();
            // Why it ended is known; they are only made to end.
            await Task.WhenAll(receiving, keeping, paying, looking)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Keep(TextSocket socket, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Tick, time);
        long connected = time.GetTimestamp();
        long extended = connected;
        long asked = connected;
        while (await timer.WaitForNextTickAsync(cancellation) && time.GetElapsedTime(connected) < ConnectionLife)
        {
            TimeSpan silence = time.GetElapsedTime(Volatile.Read(ref _received));
            if (silence > SilenceMax)
            {
                throw new TimeoutException($"{account.Name}: nothing received for {SilenceMax.TotalSeconds:0} s");
            }

            if (silence > AskAfter && time.GetElapsedTime(asked) > AskAfter)
            {
                asked = time.GetTimestamp();
                await socket.Send(Ask, cancellation);
            }

            if (time.GetElapsedTime(extended) > ListenKey.ExtendInterval)
            {
                extended = time.GetTimestamp();
                if (!await _key.Extend(cancellation))
                {
                    throw new IOException($"{account.Name}: the listen key is gone");
                }
            }
        }
    }

    private async Task Receive(TextSocket socket, IExchangeListener listener, CancellationToken cancellation)
    {
        while (true)
        {
            ReadOnlyMemory<byte> text = await socket.Receive(cancellation);
            Volatile.Write(ref _received, time.GetTimestamp());
            try
            {
                await Take(text, listener, cancellation);
            }
            catch (Exception exception)
                when (exception is JsonException or FormatException or OverflowException)
            {
                ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(exchange));
                Log.Unreadable(logger, exchange, "user data of futures", exception.Message);
            }
        }
    }

    private ValueTask Take(ReadOnlyMemory<byte> text, IExchangeListener listener, CancellationToken cancellation)
    {
        FuturesFrame frame = FuturesFrame.Read(text.Span);
        switch (frame.EventType)
        {
            case var kind when kind.SequenceEqual("ORDER_TRADE_UPDATE"u8):
                FuturesReport? report = FuturesReport.Read(frame, listings, account, logger);
                return report is null ? default : Tell(report.Value, listener, cancellation);
            case var kind when kind.SequenceEqual("ALGO_UPDATE"u8):
                OrderSeen? order = FuturesReport.ReadAlgo(frame, listings, account);
                return order is null ? default : listener.OrderSeen(order.Value, cancellation);
            case var kind when kind.SequenceEqual("ACCOUNT_UPDATE"u8) && frame.Reason.SequenceEqual("FUNDING_FEE"u8):
                _funding.Note(frame.TransactionUnixMs);
                return default;
            case var _ when WalletMoves.IsMove(in frame):
                return Tell(WalletMoves.Read(in frame, listings, account.Id), listener, cancellation);
            case var kind when kind.SequenceEqual("listenKeyExpired"u8):
                throw new IOException($"{account.Name}: the listen key has expired");
            case var kind when kind.SequenceEqual("MARGIN_CALL"u8):
                Log.MarginCall(logger, account.Name, Encoding.UTF8.GetString(text.Span));
                return default;
            default:
                // Fills without fees (TRADE_LITE) come again with them; settings are evidence's affair.
                return default;
        }
    }

    private static async ValueTask Tell(
        FuturesReport report, IExchangeListener listener, CancellationToken cancellation)
    {
        if (report.Trade is { } trade)
        {
            await listener.TradeSeen(trade, cancellation);
        }

        await listener.OrderSeen(report.Order, cancellation);
    }

    private async ValueTask Tell(
        ImmutableArray<BalanceMoved> moves, IExchangeListener listener, CancellationToken cancellation)
    {
        foreach (BalanceMoved moved in moves.Where(moved => _moves.IsNews(in moved)))
        {
            await listener.BalanceMoved(moved, cancellation);
            _moves.NoteTold(in moved);
        }
    }
}
