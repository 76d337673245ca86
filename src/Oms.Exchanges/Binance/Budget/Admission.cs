namespace Oms.Exchanges.Binance.Budget;

/// <summary>Whether a request may go out, and how it was counted.</summary>
/// <param name="WeightPosition">Where it stands in what its address sent.</param>
/// <param name="OrderPosition">Where it stands in what its account sent; 0 when it makes no order.</param>
internal readonly record struct Admission(
    bool IsGranted, RequestClaim Claim, long WeightPosition, long OrderPosition)
{
    public static readonly Admission Refused;
}
