using Oms.Domain.Instruments;
using Oms.Domain.Numbers;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Tops of book in the words of the contract, alone and over all exchanges.</summary>
internal sealed class TopsOfBook(ListingNames names, StateReader state)
{
    public V1.TopOfBook Of(KnownInstrument instrument)
    {
        var told = new V1.TopOfBook
        {
            Exchange = instrument.Exchange,
            Market = (V1.Market)instrument.Market,
            Symbol = instrument.Symbol,
        };
        if (state.TopOf(instrument) is { } prices)
        {
            told.IsValid = true;
            told.BidPrice = DecimalText.FormatShort(prices.BidPrice, instrument.PriceDecimals);
            told.BidQuantity = DecimalText.FormatShort(prices.BidQuantity, instrument.QuantityDecimals);
            told.AskPrice = DecimalText.FormatShort(prices.AskPrice, instrument.PriceDecimals);
            told.AskQuantity = DecimalText.FormatShort(prices.AskQuantity, instrument.QuantityDecimals);
            told.Time = ContractMapping.TimeOf(prices.ExchangeUnixNanos);
        }

        return told;
    }

    /// <summary>The best prices of each exchange that lists the symbol and has a valid book.</summary>
    public V1.ConsolidatedBook Consolidate(Market market, string symbol)
    {
        var bids = new List<(Int128 Price, V1.BookLevel Level)>();
        var asks = new List<(Int128 Price, V1.BookLevel Level)>();
        foreach (KnownInstrument instrument in Listings(market, symbol))
        {
            if (state.TopOf(instrument) is { } top)
            {
                bids.Add(LevelOf(instrument, top.BidPrice, top.BidQuantity));
                asks.Add(LevelOf(instrument, top.AskPrice, top.AskQuantity));
            }
        }

        return new()
        {
            Market = (V1.Market)market,
            Symbol = symbol,
            Bids = { bids.OrderByDescending(bid => bid.Price).Select(bid => bid.Level) },
            Asks = { asks.OrderBy(ask => ask.Price).Select(ask => ask.Level) },
            SpreadPrice = bids.Count == 0
                ? ""
                : DecimalText.FormatShort(
                    asks.Min(ask => ask.Price) - bids.Max(bid => bid.Price), DecimalText.DecimalsMax),
        };
    }

    /// <summary>The newest listing of the symbol at each exchange.</summary>
    public IEnumerable<KnownInstrument> Listings(Market market, string symbol) => names.Instruments
        .Where(instrument => instrument.Market == market && instrument.Symbol == symbol)
        .GroupBy(instrument => instrument.Exchange)
        .Select(group => group.Last());

    /// <summary>With the price at decimals that are the same for all exchanges.</summary>
    private static (Int128 Price, V1.BookLevel Level) LevelOf(
        KnownInstrument instrument, long price, long quantity) => (
        (Int128)price * PowersOfTen.Of(DecimalText.DecimalsMax - instrument.PriceDecimals),
        new()
        {
            Exchange = instrument.Exchange,
            Price = DecimalText.FormatShort(price, instrument.PriceDecimals),
            Quantity = DecimalText.FormatShort(quantity, instrument.QuantityDecimals),
        });
}
