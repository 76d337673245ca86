using System.Text.Json;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance;

/// <summary>
/// The book of a listing out of a snapshot and the diffs around it, by the rules of web-socket-streams.md as
/// corrected on 2025-11-12:
/// <code>
///   no snapshot:  keep the diffs
///   snapshot:     behind the first kept diff (U > lastUpdateId + 1) → another one; else take it, then the
/// kept diffs   diff:         u &lt;= local: old, dropped;  U > local + 1: gap, start again;  else apply,
/// local = u
/// </code>
/// Whether the first diff taken contains lastUpdateId is not asked: where the snapshot ends exactly with a
/// diff, the next one starts behind it, and is right.
/// Of futures the books of a matching engine share one counter, and diffs are chained instead: the first one taken
/// contains lastUpdateId or follows it (pu = lastUpdateId), every further one has pu = local.
/// </summary>
/// <param name="isChained">Whether diffs name the one before.</param>
internal sealed class DepthBook(InstrumentDefined listing, bool isChained = false)
{
    /// <summary>Diffs kept while a snapshot is on its way: minutes of them.</summary>
    public const int KeptDiffsMax = 5_000;

    /// <summary>
    /// What rests at a level may be finer than a lot (real books hold 25.426189 BTC where lots are 0.00001):
    /// levels are kept at the exchange's own decimals.
    /// </summary>
    private const int LevelDecimals = BookLevel.QuantityDecimals;

    /// <summary>More whole digits do not fit; such a level counts as the largest that does.</summary>
    private const int WholeDigitsMax = 10;

    private readonly PriceLevels _bids = new(Side.Buy);
    private readonly PriceLevels _asks = new(Side.Sell);
    private readonly List<byte[]> _kept = [];
    private long _eventUnixMs;
    private bool _isFirstTaken;

    public InstrumentDefined Listing { get; } = listing;

    /// <summary>False: the book is not known, a snapshot is needed.</summary>
    public bool IsValid { get; private set; }

    public bool NeedsSnapshot => !IsValid && _kept.Count > 0;

    public int SnapshotsAsked { get; set; }

    /// <summary>The last update that is in the book.</summary>
    public long UpdateId { get; private set; }

    /// <summary>Best bid and ask; zeros while the book is not valid.</summary>
    public TopOfBook Top => new()
    {
        Header = MessageHeader.For<TopOfBook>(),
        InstrumentId = Listing.InstrumentId,
        BidPrice = IsValid ? _bids.BestPrice : 0,
        BidQuantity = IsValid ? Shown(_bids.BestQuantity) : 0,
        AskPrice = IsValid ? _asks.BestPrice : 0,
        AskQuantity = IsValid ? Shown(_asks.BestQuantity) : 0,
        ExchangeUnixNanos = EvidenceReader.UnixNanosOf(_eventUnixMs),
    };

    /// <summary>Says how the book is.</summary>
    public void Tell(IExchangeListener listener)
    {
        TopOfBook top = Top;
        Span<BookLevel> bids = stackalloc BookLevel[BookLevel.PerSideMax];
        Span<BookLevel> asks = stackalloc BookLevel[BookLevel.PerSideMax];
        listener.TopChanged(in top);
        listener.LevelsChanged(
            Listing.InstrumentId, top.ExchangeUnixNanos, bids[.._bids.CopyBest(bids)], asks[.._asks.CopyBest(asks)]);
    }

    /// <summary>Forgets the book: a connection was lost, or the book cannot be trusted.</summary>
    public void Invalidate()
    {
        IsValid = false;
        _kept.Clear();
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>Takes a diff in the order of the stream.</summary>
    /// <returns>Null, or why the book is not valid any more.</returns>
    public string? TakeDiff(ReadOnlySpan<byte> text, in DepthFrame diff)
    {
        if (IsValid)
        {
            return Apply(diff);
        }

        if (_kept.Count == KeptDiffsMax)
        {
            _kept.Clear();
        }

        _kept.Add(text.ToArray());
        return null;
    }

    /// <summary>Takes a snapshot, and the diffs kept since.</summary>
    /// <returns>Null, or why the book is still not valid; then another snapshot is needed.</returns>
    /// <exception cref="JsonException">No snapshot.</exception>
    public string? TakeSnapshot(ReadOnlySpan<byte> text)
    {
        if (!DepthFrame.TryRead(text, out DepthFrame snapshot))
        {
            throw new JsonException("not a snapshot");
        }

        if (_kept.Count > 0 && DepthFrame.TryRead(_kept[0], out DepthFrame first)
            && first.FirstUpdateId > snapshot.LastUpdateId + 1 && !Follows(first, snapshot.LastUpdateId))
        {
            return $"snapshot {snapshot.LastUpdateId} is older than the first diff {first.FirstUpdateId}";
        }

        _bids.Clear();
        _asks.Clear();
        IsValid = true;
        _isFirstTaken = false;
        UpdateId = snapshot.LastUpdateId;
        byte[][] kept = [.. _kept];
        _kept.Clear();
        string? trouble = SetLevels(snapshot);
        foreach (byte[] diffText in kept)
        {
            if (trouble is null && DepthFrame.TryRead(diffText, out DepthFrame diff))
            {
                trouble = Apply(diff);
            }
        }

        return trouble;
    }

    private string? Apply(in DepthFrame diff)
    {
        if (isChained ? diff.LastUpdateId < UpdateId : diff.LastUpdateId <= UpdateId)
        {
            _eventUnixMs = Math.Max(_eventUnixMs, diff.EventUnixMs);
            return null;
        }

        if (isChained ? !Continues(diff) : diff.FirstUpdateId > UpdateId + 1)
        {
            return Distrust($"gap between {UpdateId} and {diff.FirstUpdateId}");
        }

        _eventUnixMs = Math.Max(_eventUnixMs, diff.EventUnixMs);
        UpdateId = diff.LastUpdateId;
        _isFirstTaken = true;
        return SetLevels(diff);
    }

    private bool Continues(in DepthFrame diff) =>
        Follows(diff, UpdateId) || (!_isFirstTaken && diff.FirstUpdateId <= UpdateId);

    private bool Follows(in DepthFrame diff, long updateId) => isChained && diff.PreviousUpdateId == updateId;

    private string? SetLevels(in DepthFrame frame)
    {
        try
        {
            SetLevels(frame.Bids, _bids);
            SetLevels(frame.Asks, _asks);
        }
        catch (FormatException exception)
        {
            return Distrust(exception.Message);
        }

        bool isCrossed = _bids.Count > 0 && _asks.Count > 0 && _bids.BestPrice >= _asks.BestPrice;
        return isCrossed ? Distrust($"crossed at {UpdateId}") : null;
    }

    /// <summary>
    /// <c>[["price","quantity"],…]</c>; the reader is a copy and stands at the outer bracket.
    /// </summary>
    private void SetLevels(Utf8JsonReader reader, PriceLevels levels)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            _ = reader.Read();
            long price = EvidenceReader.Exact(reader.ValueSpan, Listing.PriceDecimals, "price");
            _ = reader.Read();
            long quantity = Quantity(reader.ValueSpan);
            levels.Set(price, quantity);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                // Old captures carry an empty array behind the two.
                reader.Skip();
            }
        }
    }

    private static long Quantity(ReadOnlySpan<byte> text) =>
        text.IndexOf((byte)'.') is > WholeDigitsMax
            ? long.MaxValue
            : EvidenceReader.Exact(text, LevelDecimals, "quantity");

    /// <summary>At the instrument's decimals, and never more than there is.</summary>
    private long Shown(long quantity) =>
        (long)Rounding.RescaleRoundingDown(quantity, LevelDecimals, Listing.QuantityDecimals);

    private string Distrust(string reason)
    {
        Invalidate();
        return reason;
    }
}
