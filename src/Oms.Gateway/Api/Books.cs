using System.Collections.Frozen;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Domain.Numbers;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>The books that connectors keep, in the words of the contract, alone and over all exchanges.</summary>
internal sealed class Books(StateReader state, SystemConfiguration configuration)
{
    private readonly FrozenDictionary<string, int> _shown = configuration.Exchanges.ToFrozenDictionary(
        exchange => exchange.Name, exchange => exchange.BookLevels);

    /// <param name="depth">Most levels of each side; 0 is all there are.</param>
    public V1.Book Of(KnownInstrument instrument, int depth)
    {
        var told = new V1.Book
        {
            Exchange = instrument.Exchange,
            Market = (V1.Market)instrument.Market,
            Symbol = instrument.Symbol,
        };
        if (state.BookOf(instrument) is { } row)
        {
            int count = depth == 0 ? BookLevel.PerSideMax : depth;
            told.IsValid = true;
            told.Bids.AddRange(Told(row.Bids, count, instrument));
            told.Asks.AddRange(Told(row.Asks, count, instrument));
            told.Time = ContractMapping.TimeOf(row.ExchangeUnixNanos);
        }

        return told;
    }

    /// <summary>
    /// Adds the levels of these listings to a consolidated book: as deep as every one of them is shown, so that no
    /// level lacks what an exchange has at its price.
    /// </summary>
    public void AddLevels(V1.ConsolidatedBook book, IEnumerable<KnownInstrument> listings, int depth)
    {
        var bids = new List<ListedLevel>();
        var asks = new List<ListedLevel>();
        foreach (KnownInstrument listing in listings)
        {
            if (state.BookOf(listing) is { } row)
            {
                depth = Math.Min(depth, _shown.GetValueOrDefault(listing.Exchange, depth));
                bids.AddRange(Listed(row.Bids, listing));
                asks.AddRange(Listed(row.Asks, listing));
            }
            else
            {
                book.MissingExchanges.Add(listing.Exchange);
            }
        }

        book.BidLevels.AddRange(bids
            .GroupBy(level => level.Price).OrderByDescending(group => group.Key).Take(depth).Select(Sum));
        book.AskLevels.AddRange(asks
            .GroupBy(level => level.Price).OrderBy(group => group.Key).Take(depth).Select(Sum));
    }

    private static V1.ConsolidatedLevel Sum(IGrouping<Int128, ListedLevel> levels)
    {
        Int128 quantity = 0;
        foreach (ListedLevel level in levels)
        {
            quantity += level.Quantity;
        }

        return new()
        {
            Price = DecimalText.FormatShort(levels.Key, DecimalText.DecimalsMax),
            Quantity = QuantityText(quantity),
            Parts =
            {
                levels.OrderByDescending(level => level.Quantity).Select(level => new V1.BookLevel
                {
                    Exchange = level.Exchange,
                    Price = DecimalText.FormatShort(levels.Key, DecimalText.DecimalsMax),
                    Quantity = QuantityText(level.Quantity),
                }),
            },
        };
    }

    private static List<V1.PriceLevel> Told(
        ReadOnlySpan<BookLevel> levels, int count, KnownInstrument instrument)
    {
        var told = new List<V1.PriceLevel>(count);
        foreach (BookLevel level in levels[..Math.Min(count, levels.Length)])
        {
            told.Add(new()
            {
                Price = DecimalText.FormatShort(level.Price, instrument.PriceDecimals),
                Quantity = QuantityText(level.Quantity),
            });
        }

        return told;
    }

    private static List<ListedLevel> Listed(ReadOnlySpan<BookLevel> levels, KnownInstrument listing)
    {
        Int128 scale = PowersOfTen.Of(DecimalText.DecimalsMax - listing.PriceDecimals);
        var listed = new List<ListedLevel>(levels.Length);
        foreach (BookLevel level in levels)
        {
            listed.Add(new(level.Price * scale, listing.Exchange, level.Quantity));
        }

        return listed;
    }

    private static string QuantityText(Int128 quantity) =>
        DecimalText.FormatShort(quantity, BookLevel.QuantityDecimals);

    /// <summary>With the price at decimals that are the same for all exchanges.</summary>
    private readonly record struct ListedLevel(Int128 Price, string Exchange, long Quantity);
}
