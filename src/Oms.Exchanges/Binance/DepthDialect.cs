namespace Oms.Exchanges.Binance;

/// <summary>What differs between the books of two of Binance's markets.</summary>
/// <param name="StreamRoot">The path before <c>/stream</c>.</param>
/// <param name="SnapshotPath">Where a snapshot is asked for.</param>
/// <param name="SnapshotWeight">What asking costs, at the number of levels that are asked for.</param>
/// <param name="IsChained">Whether each diff names the one before it, and numbers are shared with other books.</param>
internal sealed record DepthDialect(string StreamRoot, string SnapshotPath, int SnapshotWeight, bool IsChained);
