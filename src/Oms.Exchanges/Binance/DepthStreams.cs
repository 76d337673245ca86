using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance;

/// <summary>The books of all listings over one combined stream of diffs, with snapshots over REST.</summary>
internal sealed class DepthStreams : IBooks
{
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan SnapshotRetryDelay = TimeSpan.FromSeconds(1);

    public const int SnapshotDelaysMax = 5;

    /// <summary>Levels of a snapshot on each side.</summary>
    public const int SnapshotLevels = 1000;

    private readonly string _exchange;
    private readonly Uri _uri;
    private readonly DepthDialect _dialect;
    private readonly RestClient _rest;
    private readonly ListingCatalog _listings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public DepthStreams(
        string exchange, Uri streamUri, DepthDialect dialect, RestClient rest, ListingCatalog listings,
        TimeProvider time, ILogger logger)
    {
        string streams = string.Join('/', listings.Listings.Select(
            listing => $"{listing.ExchangeSymbol.ToString().ToLowerInvariant()}@depth@100ms"));
        _uri = new($"{streamUri.AbsoluteUri.TrimEnd('/')}{dialect.StreamRoot}/stream?streams={streams}");
        (_exchange, _dialect, _rest, _listings, _time, _logger) =
            (exchange, dialect, rest, listings, time, logger);
    }

    public Task Run(IExchangeListener listener, CancellationToken cancellation) =>
        new Reconnection(_exchange, _uri, _time, _logger)
            .Run(connection => RunConnection(listener, connection), cancellation);

    private async Task RunConnection(IExchangeListener listener, CancellationToken cancellation)
    {
        using var socket = new TextSocket();
        await socket.Connect(_uri, _time, cancellation);
        Log.Connected(_logger, _exchange, _uri);
        var books = _listings.Listings.Select(listing => new DepthBook(listing, _dialect.IsChained)).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var snapshots = new Dictionary<DepthBook, Task<Outcome<byte[]>>>();
        try
        {
            Task<ReadOnlyMemory<byte>> receiving = socket.Receive(stop.Token);
            while (true)
            {
                Task[] pending = [receiving, .. snapshots.Values];
                _ = await Task.WhenAny(pending).WaitAsync(SilenceMax, _time, stop.Token);
                await TakeSnapshots(snapshots, listener);
                if (receiving.IsCompleted)
                {
                    Take((await receiving).Span, books, listener);
                    receiving = socket.Receive(stop.Token);
                }

                foreach (DepthBook book in books)
                {
                    if (book.NeedsSnapshot && !snapshots.ContainsKey(book))
                    {
                        snapshots[book] = QuerySnapshot(book, stop.Token);
                    }
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            foreach (DepthBook book in books)
            {
                book.Invalidate();
                book.Tell(listener);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> text, DepthBook[] books, IExchangeListener listener)
    {
        try
        {
            if (!DepthFrame.TryRead(text, out DepthFrame diff)
                || !_listings.TryFindListing(diff.Symbol, out InstrumentDefined listing))
            {
                return;
            }

            DepthBook book = Array.Find(books, book => book.Listing.InstrumentId == listing.InstrumentId)
                ?? throw new FormatException("a listing without a book");
            Tell(book, book.IsValid, book.TakeDiff(text, diff), listener);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(_exchange));
            Log.Unreadable(_logger, _exchange, "depth", exception.Message);
            // Which book it was for cannot be known: none is to be trusted.
            throw new IOException($"unreadable depth: {exception.Message}");
        }
    }

    private async Task TakeSnapshots(
        Dictionary<DepthBook, Task<Outcome<byte[]>>> snapshots, IExchangeListener listener)
    {
        foreach ((DepthBook book, Task<Outcome<byte[]>> query) in snapshots)
        {
            if (!query.IsCompleted)
            {
                continue;
            }

            _ = snapshots.Remove(book);
            if (await query is Outcome<byte[]>.Accepted accepted && !book.IsValid)
            {
                Tell(book, wasValid: false, TakeSnapshot(book, accepted.Reply), listener);
            }
        }
    }

    private static string? TakeSnapshot(DepthBook book, byte[] snapshot)
    {
        try
        {
            return book.TakeSnapshot(snapshot);
        }
        catch (JsonException exception)
        {
            return $"unreadable snapshot: {exception.Message}";
        }
    }

    /// <summary>
    /// A snapshot: the first at once, every further one of a connection later than the one before.
    /// </summary>
    private async Task<Outcome<byte[]>> QuerySnapshot(DepthBook book, CancellationToken cancellation)
    {
        await Task.Delay(
            SnapshotRetryDelay * Math.Min(book.SnapshotsAsked, SnapshotDelaysMax), _time, cancellation);
        book.SnapshotsAsked++;
        return await _rest.Get(
            _dialect.SnapshotPath,
            new RequestParameters()
                .Add("symbol", book.Listing.ExchangeSymbol.ToString()).Add("limit", SnapshotLevels),
            _dialect.SnapshotWeight,
            body => body,
            cancellation);
    }

    private void Tell(DepthBook book, bool wasValid, string? trouble, IExchangeListener listener)
    {
        string symbol = book.Listing.ExchangeSymbol.ToString();
        if (trouble is not null)
        {
            ExchangeMetrics.BooksInvalid.Add(1, ExchangeMetrics.Tag(_exchange));
            Log.BookInvalid(_logger, symbol, trouble);
        }
        else if (book.IsValid && !wasValid)
        {
            Log.BookValid(_logger, symbol, book.UpdateId);
        }

        if (wasValid || book.IsValid)
        {
            book.Tell(listener);
        }
    }
}
