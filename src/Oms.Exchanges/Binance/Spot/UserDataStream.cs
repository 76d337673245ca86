using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>The user data of many accounts over one connection of the WebSocket API.</summary>
internal sealed class UserDataStream(
    ExchangeConfiguration configuration,
    RestClient rest,
    ListingCatalog listings,
    ImmutableArray<AccountCredentials> accounts,
    TimeProvider time,
    ILogger logger) : IPrivateStream
{
    private readonly Reconnection _reconnection =
        new(configuration.Name, configuration.WebSocketApiUri, time, logger);

    private readonly ConnectionDoubt _doubt = new();

    public void Doubt(AccountId account)
    {
        if (accounts.Any(each => each.Id == account))
        {
            _doubt.Raise();
        }
    }

    public Task Run(IExchangeListener listener, CancellationToken cancellation) =>
        _reconnection.Run(connection => RunConnection(listener, connection), cancellation);

    private async Task RunConnection(IExchangeListener listener, CancellationToken cancellation)
    {
        if (!rest.Clock.IsSynchronised && !await rest.SynchroniseClock(cancellation))
        {
            throw new IOException("the exchange's clock cannot be read");
        }

        using var socket = new TextSocket(accounts[0].Source);
        await socket.Connect(configuration.WebSocketApiUri, time, cancellation);
        Log.Connected(logger, configuration.Name, configuration.WebSocketApiUri);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var subscriptions = new UserDataSubscriptions(accounts, configuration.RecvWindowMs, rest.Clock, time);
        Task keeping = subscriptions.Keep(socket, stop.Token);
        Task receiving = Receive(socket, subscriptions, listener, stop.Token);
        try
        {
            Task first = await Task.WhenAny(receiving, keeping, _doubt.Wait());
            await first;
        }
        finally
        {
            await stop.CancelAsync();
            // Why it ended is known; they are only made to end.
            await Task.WhenAll(receiving, keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (UserDataSubscription lost in subscriptions.Up)
            {
                await listener.StreamChanged(lost.Account.Id, StreamState.Down, cancellation);
            }
        }
    }

    private async Task Receive(
        TextSocket socket, UserDataSubscriptions subscriptions, IExchangeListener listener,
        CancellationToken cancellation)
    {
        while (true)
        {
            ReadOnlyMemory<byte> text = await socket.Receive(cancellation);
            subscriptions.NoteReceived();
            try
            {
                await Take(text, subscriptions, listener, cancellation);
            }
            catch (Exception exception)
                when (exception is JsonException or FormatException or OverflowException)
            {
                ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(configuration.Name));
                Log.Unreadable(logger, configuration.Name, "user data", exception.Message);
            }
        }
    }

    private ValueTask Take(
        ReadOnlyMemory<byte> text, UserDataSubscriptions subscriptions, IExchangeListener listener,
        CancellationToken cancellation)
    {
        UserDataFrame frame = UserDataFrame.Read(text.Span);
        if (frame.EventType.IsEmpty)
        {
            return TakeAnswer(frame, subscriptions, listener, cancellation);
        }

        if (frame.EventType.SequenceEqual("serverShutdown"u8))
        {
            throw new IOException("the exchange announces that it closes this connection");
        }

        UserDataSubscription? subscription = subscriptions.Find(frame.SubscriptionId);
        if (subscription is null)
        {
            // Before its subscription is known to be up: the evidence gathered then covers it.
            return default;
        }

        if (frame.EventType.SequenceEqual("executionReport"u8))
        {
            StreamReport? report = StreamReport.Read(frame, listings, subscription.Account, logger);
            return report is null ? default : Tell(report.Value, listener, cancellation);
        }

        if (frame.EventType.SequenceEqual("balanceUpdate"u8))
        {
            return TakeBalance(frame, subscription, listener, cancellation);
        }

        if (frame.EventType.SequenceEqual("eventStreamTerminated"u8))
        {
            Log.SubscriptionEnded(logger, subscription.Account.Name);
            subscriptions.WantAgain(subscription, UserDataSubscriptions.RetryDelay);
            return listener.StreamChanged(subscription.Account.Id, StreamState.Down, cancellation);
        }

        return default;
    }

    /// <summary>Of an asset that is not configured nothing is held.</summary>
    private ValueTask TakeBalance(
        in UserDataFrame frame, UserDataSubscription subscription, IExchangeListener listener,
        CancellationToken cancellation) => listings.TryFindAsset(frame.Asset, out AssetDefined asset)
        ? listener.BalanceMoved(
            new()
            {
                Header = MessageHeader.For<BalanceMoved>(subscription.Account.Id),
                AssetId = asset.AssetId,
                Market = Market.Spot,
                Amount = EvidenceReader.ExactSigned(frame.Change, asset.Decimals, "d"),
                ExchangeUnixNanos = EvidenceReader.UnixNanosOf(frame.TransactionUnixMs),
            },
            cancellation)
        : default;

    private ValueTask TakeAnswer(
        in UserDataFrame frame, UserDataSubscriptions subscriptions, IExchangeListener listener,
        CancellationToken cancellation)
    {
        UserDataSubscription? asked = subscriptions.FindAsked(frame.RequestId);
        if (asked is null)
        {
            return default;
        }

        if (frame.HttpStatus == 200 && frame.SubscriptionId != UserDataFrame.NoSubscription)
        {
            subscriptions.GoUp(asked, frame.SubscriptionId);
            Log.Subscribed(logger, asked.Account.Name, frame.SubscriptionId);
            return listener.StreamChanged(asked.Account.Id, StreamState.Up, cancellation);
        }

        Log.SubscriptionRefused(
            logger, asked.Account.Name, frame.ErrorCode, Encoding.UTF8.GetString(frame.ErrorText));
        return WantAgain(asked, frame.ErrorCode, subscriptions, cancellation);
    }

    private async ValueTask WantAgain(
        UserDataSubscription refused, int errorCode, UserDataSubscriptions subscriptions,
        CancellationToken cancellation)
    {
        bool isClock = errorCode == ErrorTable.OutsideRecvWindow;
        if (isClock)
        {
            _ = await rest.SynchroniseClock(cancellation);
        }

        subscriptions.WantAgain(
            refused, isClock ? UserDataSubscriptions.RetryDelay : UserDataSubscriptions.RefusedDelay);
    }

    private static async ValueTask Tell(
        StreamReport report, IExchangeListener listener, CancellationToken cancellation)
    {
        if (report.Trade is { } trade)
        {
            await listener.TradeSeen(trade, cancellation);
        }

        await listener.OrderSeen(report.Order, cancellation);
    }
}
