using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>An account in the portfolio, or all of them, as scripts read it.</summary>
internal sealed record PortfolioAccountJson(
    string? Account,
    string? Condition,
    string Equity,
    string RealizedPnl,
    string UnrealizedPnl,
    string Fees,
    string Funding)
{
    public static PortfolioAccountJson Of(V1.PortfolioAccount account) => new(
        Wording.NullIfEmpty(account.Account),
        account.Condition == V1.AccountCondition.Unspecified ? null : Wording.Of(account.Condition),
        account.Equity,
        account.RealizedPnl,
        account.UnrealizedPnl,
        account.Fees,
        account.Funding);
}
