namespace Oms.Cli.Firm;

/// <summary>A rebalance as scripts read it.</summary>
internal sealed record RebalanceJson(
    string Account,
    bool IsDryRun,
    long RunId,
    long UnixNanos,
    string Asset,
    RebalanceAccountJson[] Accounts,
    RebalanceMoveJson[] Moves,
    string[] Unpriced,
    long NextUnixNanos)
{
    public static RebalanceJson Of(V1.RebalancePlan plan) => new(
        plan.Account,
        plan.RunId == 0,
        plan.RunId,
        plan.UnixNanos,
        plan.Asset,
        [.. plan.Accounts.Select(RebalanceAccountJson.Of)],
        [.. plan.Moves.Select(RebalanceMoveJson.Of)],
        [.. plan.Unpriced],
        plan.NextUnixNanos);
}
