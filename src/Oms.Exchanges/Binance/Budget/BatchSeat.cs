namespace Oms.Exchanges.Binance.Budget;

/// <summary>A request that may leave with others of its account, where they waited together.</summary>
/// <param name="group">What those that leave together have in common.</param>
internal abstract class BatchSeat(BatchRule rule, string group)
{
    public BatchRule Rule => rule;

    public bool Fits(BatchSeat? other) => other is not null && other.Rule == rule && other.Group == group;

    private string Group => group;
}
