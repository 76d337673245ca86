using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>A change of limits or halts as scripts read it.</summary>
internal sealed record PolicyChangeJson(
    long UnixNanos,
    string Action,
    string? By,
    string Subject,
    long Version,
    LimitValuesJson? Old,
    LimitValuesJson? New,
    string? Detail)
{
    public static PolicyChangeJson Of(V1.PolicyChange change) => new(
        change.UnixNanos,
        change.Action,
        Wording.NullIfEmpty(change.By),
        change.Subject,
        change.Version,
        change.Old is { } old ? LimitValuesJson.Of(old) : null,
        change.New is { } now ? LimitValuesJson.Of(now) : null,
        Wording.NullIfEmpty(change.Detail));
}
