namespace Oms.Exchanges.Binance.Budget;

/// <summary>How requests of one kind leave together, as one request.</summary>
/// <param name="CountMax">So many at most.</param>
/// <param name="Weight">What they cost together.</param>
internal sealed record BatchRule(int CountMax, int Weight)
{
    /// <param name="single">Of each of them.</param>
    public RequestClaim ClaimOf(in RequestClaim single, int count) =>
        new(single.Lane, single.Account, Weight, single.Orders * count) { IsBatch = true };
}
