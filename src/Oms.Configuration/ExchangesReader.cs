using System.Collections.Immutable;
using Oms.Configuration.Yaml;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Configuration;

/// <summary>Reads <c>exchanges.yaml</c>: where exchanges are reached, and what is traded there.</summary>
internal static class ExchangesReader
{
    public const int AssetLengthMax = 16;

    /// <summary>Below an exchange.</summary>
    public const string DeadMansSwitch = $"futures.{DeadMansSwitchKey}";

    private const string DeadMansSwitchKey = "dead_mans_switch_ms";
    private const int ExchangeNameLengthMax = 16;
    private const int SymbolLengthMax = 32;
    private const int FeePpmMax = 100_000;
    private const decimal OpeningPriceMax = 1_000_000_000;

    /// <summary>Decimals of a notional: so many that 10^10 of the quote asset is still exact.</summary>
    private const int NotionalDecimalsMax = 8;

    public static ExchangesFile Read(Section root)
    {
        Section? exchanges = root.Child("exchanges");
        if (exchanges is null)
        {
            return new([]);
        }

        ImmutableArray<Located<ExchangeConfiguration>> read =
            [.. exchanges.Children().Select(exchange => exchange.Locate(ReadExchange(exchange)))];
        if (read.IsEmpty)
        {
            exchanges.Problem("has no exchange");
        }

        return new(read);
    }

    public static bool IsAsset(string text) =>
        text.Length is >= 1 and <= AssetLengthMax
        && text.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));

    private static ExchangeConfiguration ReadExchange(Section section)
    {
        if (!AccountName.IsToken(section.Name) || section.Name.Length > ExchangeNameLengthMax)
        {
            section.Problem($"is not 1 to {ExchangeNameLengthMax} lower-case letters, digits and '_'");
        }

        string kind = section.Text("kind");
        if (kind == ExchangeConfiguration.InternalKind)
        {
            Uri nowhere = new("about:blank");
            return new()
            {
                Name = section.Name,
                Kind = kind,
                RestUri = nowhere,
                WebSocketApiUri = nowhere,
                StreamUri = nowhere,
                RecvWindowMs = 0,
                OrderAgeMaxMs = section.IntegerIfSet("order_age_max_ms", 10, 60_000)
                    ?? ExchangeConfiguration.OrderAgeMaxMsStandard,
                TopOfBookIntervalMs = 0,
                Listings = ReadListings(section, isMatchedHere: true),
            };
        }

        ImmutableArray<ListingConfiguration> listings = ReadListings(section, isMatchedHere: false);
        return new()
        {
            Name = section.Name,
            Kind = kind,
            OrdersBySocket = section.TextIfSet("order_entry") is null
                || section.Choice("order_entry", ("websocket", true), ("rest", false)),
            Futures = ReadFutures(section, listings.Any(listing => listing.Market == Market.Futures)),
            RestUri = ReadUri(section, "rest_url", "http", "https"),
            WebSocketApiUri = ReadUri(section, "websocket_api_url", "ws", "wss"),
            StreamUri = ReadUri(section, "stream_url", "ws", "wss"),
            RecvWindowMs = section.Integer("recv_window_ms", 1, 60_000),
            OrderAgeMaxMs = section.IntegerIfSet("order_age_max_ms", 10, 60_000)
                ?? ExchangeConfiguration.OrderAgeMaxMsStandard,
            TopOfBookIntervalMs = section.Integer("top_of_book_interval_ms", 0, 60_000),
            BookLevels = section.IntegerIfSet("book_levels", 1, BookLevel.PerSideMax)
                ?? ExchangeConfiguration.BookLevelsStandard,
            BookIntervalMs = section.IntegerIfSet("book_interval_ms", 10, 1_000)
                ?? ExchangeConfiguration.BookIntervalMsStandard,
            Listings = listings,
        };
    }

    /// <summary>Needed as soon as futures are listed.</summary>
    private static FuturesConfiguration? ReadFutures(Section section, bool isNeeded) =>
        (isNeeded ? section.Child("futures") : section.ChildIfSet("futures")) is { } futures
            ? new()
            {
                RestUri = ReadUri(futures, "rest_url", "http", "https"),
                WebSocketApiUri = futures.TextIfSet("websocket_api_url") is null
                    ? null
                    : ReadUri(futures, "websocket_api_url", "ws", "wss"),
                StreamUri = ReadUri(futures, "stream_url", "ws", "wss"),
                DeadMansSwitchMs = futures.IntegerIfSet(DeadMansSwitchKey, 5_000, 3_600_000) ?? 0,
            }
            : null;

    private static Uri ReadUri(Section section, string key, string plainScheme, string secureScheme)
    {
        string text = section.Text(key);
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == plainScheme || uri.Scheme == secureScheme))
        {
            return uri;
        }

        if (text.Length > 0)
        {
            section.Problem(key, $"'{text}' is no {plainScheme}:// or {secureScheme}:// URL");
        }

        return new("about:blank");
    }

    private static ImmutableArray<ListingConfiguration> ReadListings(Section section, bool isMatchedHere)
    {
        var listings = ImmutableArray.CreateBuilder<ListingConfiguration>();
        var symbols = new HashSet<(Market, string)>();
        var exchangeSymbols = new HashSet<(Market, string)>();
        foreach (Section item in section.Items("listings"))
        {
            ListingConfiguration listing = ReadListing(item);
            listing = isMatchedHere ? ReadMatching(item, listing) : listing;
            listings.Add(listing);
            if (listing.Symbol.Length > 0 && !symbols.Add((listing.Market, listing.Symbol)))
            {
                item.Problem("symbol", $"{listing.Symbol} is listed twice");
            }

            if (listing.ExchangeSymbol.Length > 0
                && !exchangeSymbols.Add((listing.Market, listing.ExchangeSymbol)))
            {
                item.Problem("exchange_symbol", $"{listing.ExchangeSymbol} is listed twice");
            }
        }

        return listings.ToImmutable();
    }

    private static ListingConfiguration ReadListing(Section item)
    {
        (string symbol, string baseAsset, string quoteAsset) = ReadSymbol(item);
        string exchangeSymbol = item.Text("exchange_symbol");
        if (exchangeSymbol.Length > SymbolLengthMax)
        {
            item.Problem("exchange_symbol", $"is longer than {SymbolLengthMax} characters");
        }

        Market market = item.Choice("market", ("spot", Market.Spot), ("futures", Market.Futures));
        int priceDecimals = item.Integer("price_decimals", 0, NotionalDecimalsMax);
        int quantityDecimals = item.Integer("quantity_decimals", 0, NotionalDecimalsMax);
        if (priceDecimals + quantityDecimals > NotionalDecimalsMax)
        {
            item.Problem(
                "quantity_decimals",
                $"price_decimals + quantity_decimals is {priceDecimals + quantityDecimals}, " +
                $"at most {NotionalDecimalsMax} is possible");
        }

        return new()
        {
            Symbol = symbol,
            Market = market,
            ExchangeSymbol = exchangeSymbol,
            BaseAsset = baseAsset,
            QuoteAsset = quoteAsset,
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
        };
    }

    /// <summary>What only listings have that are matched here.</summary>
    private static ListingConfiguration ReadMatching(Section item, ListingConfiguration listing)
    {
        decimal? price = item.NumberIfSet("opening_price", 0, OpeningPriceMax);
        if (price is { } opening && opening != decimal.Round(opening, listing.PriceDecimals))
        {
            item.Problem("opening_price", $"{opening} has more than {listing.PriceDecimals} decimals");
        }

        return listing with
        {
            OpeningPrice = price,
            MakerFeePpm = item.IntegerIfSet("maker_fee_ppm", -FeePpmMax, FeePpmMax) ?? 0,
            TakerFeePpm = item.IntegerIfSet("taker_fee_ppm", -FeePpmMax, FeePpmMax) ?? 0,
        };
    }

    /// <summary>Spot is <c>BASE/QUOTE</c>; a perpetual names what it is settled in behind a colon.</summary>
    private static (string Symbol, string BaseAsset, string QuoteAsset) ReadSymbol(Section item)
    {
        string text = item.Text("symbol");
        string[] halves = text.Split(':');
        string[] assets = halves[0].Split('/');
        bool isSettled = halves.Length == 1 || (halves.Length == 2 && assets.Length == 2 && halves[1] == assets[1]);
        if (text.Length <= SymbolLengthMax && isSettled
            && assets.Length == 2 && assets.All(IsAsset) && assets[0] != assets[1])
        {
            return (text, assets[0], assets[1]);
        }

        if (text.Length > 0)
        {
            item.Problem(
                "symbol",
                $"'{text}' is not BASE/QUOTE or BASE/QUOTE:QUOTE: two assets, each 1 to {AssetLengthMax} capital "
                + "letters and digits");
        }

        return ("", "", "");
    }
}
