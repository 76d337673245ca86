using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>An account as scripts read it.</summary>
internal sealed record AccountJson(
    string Account,
    string? Type,
    string? Parent,
    string? Strategy,
    string[] Markets,
    string Condition,
    ReasonJson[] Reasons,
    string KeyStatus,
    LimitsJson? Limits,
    long LastSequence)
{
    public static AccountJson Of(V1.AccountDescription account) => new(
        account.Account,
        Wording.NullIfEmpty(account.Type),
        Wording.NullIfEmpty(account.Parent),
        Wording.NullIfEmpty(account.Strategy),
        [.. account.Markets.Select(Wording.Of)],
        Wording.Of(account.Condition),
        [.. account.Reasons.Select(reason => new ReasonJson(Wording.Of(reason.Condition), reason.Text, reason.AgeMs))],
        account.KeyStatus,
        account.Limits is { } limits ? LimitsJson.Of(limits) : null,
        account.LastSequence);
}
