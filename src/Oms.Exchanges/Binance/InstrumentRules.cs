using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Listings' rules from exchangeInfo (filters.md, 2026-07). A filter's 0 switches that part of it off.
/// </summary>
internal sealed class InstrumentRules(
    RestClient rest, RateLimits limits, ListingCatalog listings, RulesDialect dialect, ILogger logger) : IInstruments
{
    public async Task<Outcome<ImmutableArray<InstrumentFilters>>> QueryFilters(CancellationToken cancellation)
    {
        string symbols =
            string.Join(',', listings.Listings.Select(listing => $"\"{listing.ExchangeSymbol}\""));
        RequestParameters parameters = new();
        Outcome<RestAnswer.ExchangeRules> outcome = await Query(
            dialect.TakesSymbols ? parameters.Add("symbols", $"[{symbols}]") : parameters, cancellation);
        if (outcome is Outcome<RestAnswer.ExchangeRules>.Refused { ErrorCode: ErrorTable.UnknownSymbol })
        {
            // One that does not exist spoils the question for all.
            outcome = await Query(new(), cancellation);
        }

        return outcome.Then<ImmutableArray<InstrumentFilters>>((info, times) =>
        {
            limits.Take(info.RateLimits ?? []);
            return new Outcome<ImmutableArray<InstrumentFilters>>.Accepted(Read(info), times);
        });
    }

    internal ImmutableArray<InstrumentFilters> Read(RestAnswer.ExchangeRules info) =>
        [.. listings.Listings.Select(listing => Read(
            listing,
            info.Symbols.FirstOrDefault(symbol => symbol.Name == listing.ExchangeSymbol.ToString())))];

    private Task<Outcome<RestAnswer.ExchangeRules>> Query(
        RequestParameters parameters, CancellationToken cancellation) =>
        rest.Get(
            dialect.Path,
            parameters,
            dialect.Weight,
            body => JsonSerializer.Deserialize(body, RestJson.Default.ExchangeRules)
                ?? throw new JsonException("null"),
            cancellation);

    private InstrumentFilters Read(in InstrumentDefined listing, RestAnswer.Symbol? symbol)
    {
        try
        {
            return Filters(listing, symbol ?? throw new FormatException("the exchange does not list it"));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            Log.NotTradable(logger, listing.ExchangeSymbol.ToString(), exception.Message);
            return NotTradable(listing);
        }
    }

    private InstrumentFilters Filters(in InstrumentDefined listing, RestAnswer.Symbol symbol)
    {
        RestAnswer.Filter? price = Find(symbol, "PRICE_FILTER");
        RestAnswer.Filter? lot = Find(symbol, "LOT_SIZE");
        RestAnswer.Filter? notional = Find(symbol, "NOTIONAL") ?? Find(symbol, "MIN_NOTIONAL");
        int quoteDecimals = QuoteDecimals(listing);
        return NotTradable(listing) with
        {
            Tradable = symbol is { Status: "TRADING", IsSpotTradingAllowed: not false } ? 1u : 0u,
            TickSize = Step(price?.TickSize, listing.PriceDecimals),
            PriceMin = Least(price?.MinPrice, listing.PriceDecimals),
            PriceMax = Most(price?.MaxPrice, listing.PriceDecimals),
            LotSize = Step(lot?.StepSize, listing.QuantityDecimals),
            QuantityMin = Least(lot?.MinQty, listing.QuantityDecimals),
            QuantityMax = Most(lot?.MaxQty, listing.QuantityDecimals),
            NotionalMin = Least(notional?.MinNotional ?? notional?.Notional, quoteDecimals),
            CanAmend = symbol.AmendAllowed != false ? dialect.CanAmend : OrderAmendment.None,
        };
    }

    private int QuoteDecimals(InstrumentDefined listing) =>
        listings.Assets.First(asset => asset.AssetId == listing.QuoteAssetId).Decimals;

    private static InstrumentFilters NotTradable(in InstrumentDefined listing) => new()
    {
        Header = MessageHeader.For<InstrumentFilters>(),
        InstrumentId = listing.InstrumentId,
        Tradable = 0,
        TickSize = 1,
        PriceMin = 0,
        PriceMax = long.MaxValue,
        LotSize = 1,
        QuantityMin = 0,
        QuantityMax = long.MaxValue,
        NotionalMin = 0,
        MakerFee = 0,
        TakerFee = 0,
        CanAmend = OrderAmendment.None,
    };

    private static RestAnswer.Filter? Find(RestAnswer.Symbol symbol, string type) =>
        symbol.Filters.FirstOrDefault(filter => filter.FilterType == type);

    /// <summary>
    /// The step in units of our last decimal; 1 when ours are coarser and fall on it, or there is none.
    /// </summary>
    private static long Step(string? text, int decimals)
    {
        decimal units = Units(text, decimals);
        if (units == 0 || (units < 1 && 1 % units == 0))
        {
            return 1;
        }

        return units == decimal.Truncate(units)
            ? (long)units
            : throw new FormatException($"steps of {text} cannot be told at {decimals} decimals");
    }

    private static long Least(string? text, int decimals) => (long)decimal.Ceiling(Units(text, decimals));

    private static long Most(string? text, int decimals)
    {
        decimal units = Units(text, decimals);
        return units == 0 || units > long.MaxValue ? long.MaxValue : (long)decimal.Floor(units);
    }

    private static decimal Units(string? text, int decimals) =>
        text is null
            ? 0
            : decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                * PowersOfTen.Of(decimals);
}
