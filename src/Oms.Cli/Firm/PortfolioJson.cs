
namespace Oms.Cli.Firm;

/// <summary>The portfolio as scripts read it.</summary>
internal sealed record PortfolioJson(
    string Currency,
    long UnixNanos,
    PortfolioAccountJson Total,
    PortfolioAccountJson[] Accounts,
    ExposureJson[] Exposures,
    HedgeJson[] Hedges,
    PriceJson[] Prices,
    string[] Unpriced)
{
    public static PortfolioJson Of(V1.GetPortfolioResponse portfolio) => new(
        portfolio.Currency,
        portfolio.UnixNanos,
        PortfolioAccountJson.Of(portfolio.Total),
        [.. portfolio.Accounts.Select(PortfolioAccountJson.Of)],
        [.. portfolio.Exposures.Select(ExposureJson.Of)],
        [.. portfolio.Hedges.Select(HedgeJson.Of)],
        [.. portfolio.Prices.Select(price => new PriceJson(price.Asset, price.Name, price.Price, price.UnixNanos))],
        [.. portfolio.Unpriced]);
}
