using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>What a market of futures has beside its book: the mark, the index, and the funding to come.</summary>
internal sealed class FuturesMarket(FuturesSymbol symbol, Market market, Market? spot)
{
    /// <summary>Interest and the bounds of what is added to it, as mantissas at eight decimals.</summary>
    public const long InterestRate = 10_000;
    private const long PremiumClamp = 50_000;
    private const long RateMax = 2_000_000;

    /// <summary>With the rules that hold now.</summary>
    public FuturesSymbol Symbol => symbol with { Listed = Market.Symbol };

    public Market Market { get; } = market;

    /// <summary>0 before the first.</summary>
    public long MarkPrice { get; private set; }

    public long IndexPrice { get; private set; }

    /// <summary>Stands while a judge says so.</summary>
    public bool IsMarkHeld { get; private set; }

    /// <summary>Of the next payment, as it would be now.</summary>
    public long FundingRate
    {
        get
        {
            if (IndexPrice == 0)
            {
                return InterestRate;
            }

            long premium = (long)((Int128)(MarkPrice - IndexPrice) * Amount.One / IndexPrice);
            long rate = premium + Math.Clamp(InterestRate - premium, -PremiumClamp, PremiumClamp);
            return Math.Clamp(rate, -RateMax, RateMax);
        }
    }

    /// <summary>Holds the mark at a price; 0 lets it follow the book again.</summary>
    public void HoldMark(long price)
    {
        IsMarkHeld = price > 0;
        MarkPrice = IsMarkHeld ? price : MarkPrice;
    }

    /// <summary>The mark follows the middle of the book, the index that of the spot market.</summary>
    public void Move()
    {
        long middle = MiddleOf(Market);
        IndexPrice = spot is not null && MiddleOf(spot) is > 0 and long index ? index : middle;
        if (!IsMarkHeld && middle > 0)
        {
            MarkPrice = middle;
        }
    }

    private static long MiddleOf(Market market) =>
        market.Book.TryGetBest(Matching.BookSide.Bid, out Matching.BookLevel bid)
        && market.Book.TryGetBest(Matching.BookSide.Ask, out Matching.BookLevel ask)
            ? (bid.Price + ask.Price) / 2
            : market.LastPrice;
}
