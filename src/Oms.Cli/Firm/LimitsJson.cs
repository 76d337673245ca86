using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>A version of limits as scripts read it; null is no limit.</summary>
internal sealed record LimitsJson(
    string Scope, string Name, LimitValuesJson Values, long Version, long ConfirmedVersion, string? Problem)
{
    public static LimitsJson Of(V1.LimitVersion limits) => new(
        Wording.Of(limits.Scope),
        limits.Name,
        LimitValuesJson.Of(limits.Values),
        limits.Version,
        limits.ConfirmedVersion,
        Wording.NullIfEmpty(limits.Problem));
}
