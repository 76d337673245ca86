using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.State;

/// <summary>
/// The prices of an instrument as last heard, mantissas at its price decimals, 0 when there is none; and when
/// FastPath took them in, Unix nanoseconds.
/// </summary>
internal struct MarketPrices
{
    public long Bid;
    public long Ask;
    public long TopUnixNanos;
    public long Last;
    public long LastUnixNanos;
    public long Mark;
    public long MarkUnixNanos;

    /// <summary>Zeros when the book is not valid.</summary>
    public void Take(in TopOfBook top) =>
        (Bid, Ask, TopUnixNanos) = (Real(top.BidPrice), Real(top.AskPrice), top.Header.UnixNanos);

    public void Take(in LastTrade trade) =>
        (Last, LastUnixNanos) = (Real(trade.Price), trade.Header.UnixNanos);

    public void Take(in MarkPrice mark) =>
        (Mark, MarkUnixNanos) = (Real(mark.Price), mark.Header.UnixNanos);

    /// <summary>Whether the book is valid: of two sides that do not cross.</summary>
    public readonly bool HasTop => Bid > 0 && Ask >= Bid;

    /// <summary>
    /// What positions are valued at: the mark, else the middle of the book, else the last trade.
    /// </summary>
    public readonly long Reference => Mark > 0 ? Mark : (HasTop ? Bid + ((Ask - Bid) / 2) : Last);

    /// <summary>
    /// What an order would trade at now: the other side of the book, else the last trade, else the mark.
    /// </summary>
    /// <param name="heardUnixNanos">When that price was taken in.</param>
    public readonly long Against(Side side, out long heardUnixNanos)
    {
        if (HasTop)
        {
            heardUnixNanos = TopUnixNanos;
            return side == Side.Buy ? Ask : Bid;
        }

        heardUnixNanos = Last > 0 ? LastUnixNanos : MarkUnixNanos;
        return Last > 0 ? Last : Mark;
    }

    /// <summary>What a conditional order watches; 0 when it is not known.</summary>
    public readonly long Watched(TriggerSource source, Side side) => source switch
    {
        TriggerSource.LastPrice => Last,
        TriggerSource.MarkPrice => Mark,
        TriggerSource.BestPrice => HasTop ? (side == Side.Buy ? Ask : Bid) : 0,
        TriggerSource.None => 0,
    };

    /// <summary>When that was taken in, Unix nanoseconds.</summary>
    public readonly long WatchedUnixNanos(TriggerSource source) => source switch
    {
        TriggerSource.LastPrice => LastUnixNanos,
        TriggerSource.MarkPrice => MarkUnixNanos,
        TriggerSource.BestPrice => TopUnixNanos,
        TriggerSource.None => 0,
    };

    /// <summary>No price where it can be none.</summary>
    private static long Real(long price) => price is > 0 and <= Amounts.AmountMax ? price : 0;
}
