using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// The books of futures, and beside them the marks, which come over a socket of another category, once a second.
/// </summary>
internal sealed class FuturesPrices(
    string exchange, Uri streamUri, DepthStreams books, ListingCatalog listings, TimeProvider time, ILogger logger)
    : IBooks
{
    /// <summary>Marks come every second: without any for so long the connection is given up.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(20);

    private readonly Uri _uri = new(
        $"{streamUri.AbsoluteUri.TrimEnd('/')}/market/stream?streams="
        + string.Join('/', listings.Listings.Select(
            listing => $"{listing.ExchangeSymbol.ToString().ToLowerInvariant()}@markPrice@1s")));

    public Task Run(IExchangeListener listener, CancellationToken cancellation) => Task.WhenAll(
        books.Run(listener, cancellation),
        new Reconnection(exchange, _uri, time, logger).Run(
            connection => RunMarks(listener, connection), cancellation));

    private async Task RunMarks(IExchangeListener listener, CancellationToken cancellation)
    {
        using var socket = new TextSocket();
        await socket.Connect(_uri, time, cancellation);
        Log.Connected(logger, exchange, _uri);
        while (true)
        {
            ReadOnlyMemory<byte> text =
                await socket.Receive(cancellation).WaitAsync(SilenceMax, time, cancellation);
            if (Read(text.Span) is { } mark)
            {
                await listener.MarkChanged(mark, cancellation);
            }
        }
    }

    private MarkPrice? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            MarkFrame frame = MarkFrame.Read(text);
            return frame.IsMark && listings.TryFindListing(frame.Symbol, out InstrumentDefined listing)
                ? new MarkPrice
                {
                    Header = MessageHeader.For<MarkPrice>(),
                    InstrumentId = listing.InstrumentId,
                    Price = PriceOf(frame.Price, listing.PriceDecimals),
                    ExchangeUnixNanos = EvidenceReader.UnixNanosOf(frame.EventUnixMs),
                }
                : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(exchange));
            Log.Unreadable(logger, exchange, "mark", exception.Message);
            return null;
        }
    }

    /// <summary>A mark is finer than the prices of orders: to the nearest of ours.</summary>
    private static long PriceOf(ReadOnlySpan<byte> text, int decimals) => (long)decimal.Round(
        decimal.Parse(Encoding.UTF8.GetString(text), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            * PowersOfTen.Of(decimals),
        MidpointRounding.ToEven);
}
