namespace Oms.Gateway.Health;

/// <summary>What an exchange lets an account send in one of its markets.</summary>
/// <param name="OrdersLeft">New orders in the window that has fewest left.</param>
/// <param name="WeightLeft">Weight that the account's source address has left for new orders in this minute.</param>
/// <param name="HeldForMs">For how long the exchange takes no new orders; 0 for no hold.</param>
internal sealed record MarketBudget(string Market, long OrdersLeft, long WeightLeft, long HeldForMs)
{
    public override string ToString() =>
        $"{Market} {OrdersLeft} orders, weight {WeightLeft}" + (HeldForMs > 0 ? $", held for {HeldForMs} ms" : "");
}
