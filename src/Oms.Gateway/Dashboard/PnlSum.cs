using Oms.Gateway.Listings;

namespace Oms.Gateway.Dashboard;

/// <summary>What all positions quoted in an asset gained together, mantissas at its decimals.</summary>
/// <param name="Unvalued">Open positions without a price: what they gained is not in it.</param>
internal sealed record PnlSum(KnownAsset Asset, Int128 Realized, Int128 Today, Int128 Unrealized, int Unvalued);
