using Oms.Domain.Instruments;

namespace Oms.Grains.Markets;

/// <summary>
/// What assets are worth in one currency: by a spot market between them, or by two over a third asset.
/// </summary>
internal sealed class Conversion
{
    private readonly IMarketPrices _prices;
    private readonly ListedMarket[] _spot;
    private readonly Dictionary<string, NamedPrice?> _found = [];

    public Conversion(IMarketPrices prices, string currency, long nowUnixNanos)
    {
        _prices = prices;
        _spot = [.. prices.Listings.Where(listing => listing.Market == Market.Spot)];
        Currency = currency;
        _found[currency] = new() { Name = currency, Price = 1, UnixNanos = nowUnixNanos };
    }

    public string Currency { get; }

    /// <summary>All that was asked for and has a price, but the currency itself.</summary>
    public IEnumerable<KeyValuePair<string, NamedPrice>> Used =>
        from pair in _found
        where pair.Key != Currency && pair.Value is not null
        select KeyValuePair.Create(pair.Key, pair.Value!);

    /// <summary>All that was asked for and has none.</summary>
    public IEnumerable<string> Unpriced => _found.Where(pair => pair.Value is null).Select(pair => pair.Key);

    /// <summary>What one unit of an asset is worth; null where no market says so.</summary>
    public NamedPrice? PriceOf(string asset)
    {
        if (!_found.TryGetValue(asset, out NamedPrice? price))
        {
            price = Between(asset, Currency) ?? Over(asset);
            _found[asset] = price;
        }

        return price;
    }

    /// <summary>What so much of an asset is worth; null where no market says so.</summary>
    public decimal? ValueOf(string asset, decimal quantity) =>
        quantity == 0 ? 0 : PriceOf(asset) is { } price ? quantity * price.Price : null;

    private NamedPrice? Between(string asset, string other)
    {
        foreach (ListedMarket listing in _spot)
        {
            bool isDirect = listing.Base == asset && listing.Quote == other;
            bool isInverse = listing.Base == other && listing.Quote == asset;
            if ((isDirect || isInverse)
                && _prices.Find(listing.Exchange, listing.Market, listing.Symbol) is { } quote)
            {
                string name = $"{listing.Exchange} spot {listing.Symbol} mid";
                return isDirect
                    ? new() { Name = name, Price = quote.Mid, UnixNanos = quote.UnixNanos }
                    : new() { Name = $"1 / {name}", Price = 1 / quote.Mid, UnixNanos = quote.UnixNanos };
            }
        }

        return null;
    }

    private NamedPrice? Over(string asset)
    {
        foreach (string between in _spot
            .Where(listing => listing.Base == asset || listing.Quote == asset)
            .Select(listing => listing.Base == asset ? listing.Quote : listing.Base)
            .Distinct()
            .Order(StringComparer.Ordinal))
        {
            if (Between(asset, between) is { } first && Between(between, Currency) is { } second)
            {
                return new()
                {
                    Name = $"{first.Name} x {second.Name}",
                    Price = first.Price * second.Price,
                    UnixNanos = Math.Min(first.UnixNanos, second.UnixNanos),
                };
            }
        }

        return null;
    }
}
