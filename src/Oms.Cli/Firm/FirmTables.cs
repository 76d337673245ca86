using System.Collections.Immutable;
using System.Globalization;
using Oms.Cli.Trading;
using Spectre.Console;

namespace Oms.Cli.Firm;

/// <summary>Accounts, the portfolio and limits as tables.</summary>
internal static class FirmTables
{
    private static readonly ImmutableArray<TableField> AccountFields =
    [
        new("account"),
        new("type", DropRank: 3),
        new("strategy", DropRank: 2),
        new("markets", DropRank: 4),
        new("health"),
        new("why", CanFold: true),
        new("key", DropRank: 1),
    ];

    private static readonly ImmutableArray<TableField> PortfolioFields =
    [
        new("account"),
        new("health", DropRank: 4),
        new("equity"),
        new("realized"),
        new("unrealized"),
        new("fees", DropRank: 2),
        new("funding", DropRank: 3),
    ];

    private static readonly ImmutableArray<TableField> ExposureFields =
    [
        new("asset"), new("held"), new("derivatives"), new("net"), new("value"), new("price", CanFold: true),
    ];

    private static readonly ImmutableArray<TableField> HedgeFields =
    [
        new("asset"), new("long", CanFold: true), new("short", CanFold: true), new("hedged"), new("net"),
    ];

    private static readonly ImmutableArray<TableField> LimitFields =
    [
        new("scope"), new("name"), new("limits", CanFold: true), new("version"), new("confirmed"),
    ];

    private static readonly ImmutableArray<TableField> ChangeFields =
    [
        new("time"), new("by"), new("what"), new("subject"), new("version", DropRank: 1),
        new("old", CanFold: true), new("new", CanFold: true),
    ];

    public static Table Accounts(IEnumerable<V1.AccountDescription> accounts) => Fitted(
        AccountFields,
        accounts.Select(account => new[]
        {
            account.Account,
            account.Type,
            account.Strategy,
            string.Join(' ', account.Markets.Select(Wording.Of)),
            Wording.Of(account.Condition),
            string.Join("; ", account.Reasons.Select(reason => $"{reason.Text} {AgeOf(reason.AgeMs)}".TrimEnd())),
            account.KeyStatus,
        }));

    public static Table Portfolio(V1.GetPortfolioResponse portfolio) => Fitted(
        PortfolioFields,
        portfolio.Accounts.Append(portfolio.Total).Select(account => new[]
        {
            account.Account.Length > 0 ? account.Account : $"all, in {portfolio.Currency}",
            account.Condition == V1.AccountCondition.Unspecified ? "" : Wording.Of(account.Condition),
            account.Equity,
            account.RealizedPnl,
            account.UnrealizedPnl,
            account.Fees,
            account.Funding,
        }));

    public static Table Exposures(V1.GetPortfolioResponse portfolio)
    {
        Dictionary<string, V1.ConversionPrice> prices = portfolio.Prices.ToDictionary(price => price.Asset);
        return Fitted(
            ExposureFields,
            portfolio.Exposures.Select(exposure => new[]
            {
                exposure.Asset,
                exposure.Held,
                exposure.Derivatives,
                exposure.Net,
                exposure.Value,
                prices.TryGetValue(exposure.Asset, out V1.ConversionPrice? price)
                    ? $"{price.Price} {price.Name} {TimeOf(price.UnixNanos)}"
                    : "",
            }));
    }

    public static Table Hedges(IEnumerable<V1.Hedge> hedges) => Fitted(
        HedgeFields,
        hedges.Select(hedge => new[]
        {
            hedge.Asset, TextOf(hedge.Longs), TextOf(hedge.Shorts), hedge.Hedged, hedge.Net,
        }));

    public static Table Limits(IEnumerable<V1.LimitVersion> limits) => Fitted(
        LimitFields,
        limits.Select(limit => new[]
        {
            Wording.Of(limit.Scope),
            limit.Name,
            LimitOptions.TextOf(limit.Values),
            limit.Version == 0 ? "configured" : $"{limit.Version}",
            limit.Problem.Length > 0 ? limit.Problem
                : limit.ConfirmedVersion == limit.Version ? "yes"
                : "on its way",
        }));

    public static Table Changes(IEnumerable<V1.PolicyChange> changes) => Fitted(
        ChangeFields,
        changes.Select(change => new[]
        {
            TimeOf(change.UnixNanos),
            change.By,
            $"{change.Action} {change.Detail}".TrimEnd(),
            change.Subject,
            change.Version == 0 ? "" : $"{change.Version}",
            change.Old is { } old ? LimitOptions.TextOf(old) : "",
            change.New is { } now ? LimitOptions.TextOf(now) : "",
        }));

    /// <summary>As wide as the screen, or as a file.</summary>
    public static Table Fitted(ImmutableArray<TableField> fields, IEnumerable<string[]> rows) => FittedTable.Of(
        fields,
        [.. rows],
        Console.IsOutputRedirected ? TradingTables.WidthOfFiles : AnsiConsole.Profile.Width);

    private static string TextOf(IEnumerable<V1.AccountShare> shares) =>
        string.Join(", ", shares.Select(share => $"{share.Account} {share.Quantity}"));

    private static string AgeOf(long ageMs) => ageMs == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"for {TimeSpan.FromSeconds(ageMs / 1000):c}");

    private static string TimeOf(long unixNanos) => DateTimeOffset
        .FromUnixTimeMilliseconds(unixNanos / 1_000_000)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
