namespace Oms.Cli.Trading;

/// <summary>How an account and its exchange agree.</summary>
/// <param name="ReconciledTime">When they last did, UTC; null for never.</param>
internal sealed record ReconcileJson(string Account, bool IsComplete, DateTime? ReconciledTime);
