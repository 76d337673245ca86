namespace Oms.Exchanges;

/// <summary>What a key may do at its exchange, beside asking; null is what the exchange does not say.</summary>
/// <param name="MayTrade">In the market that it is used in.</param>
/// <param name="MayWithdraw">Money out of the exchange: nothing here needs that.</param>
/// <param name="IsBoundToAddresses">The exchange takes it from listed addresses alone.</param>
public sealed record KeyRights(bool? MayTrade, bool? MayWithdraw, bool? IsBoundToAddresses);
