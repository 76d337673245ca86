namespace Oms.Exchanges.Binance.Budget;

/// <summary>Whether a request may go out, and how it was counted.</summary>
/// <param name="WeightPosition">Where it stands in what its address sent.</param>
/// <param name="OrderPosition">Where it stands in what its account sent; 0 when it makes no order.</param>
internal readonly record struct Admission(
    bool IsGranted, RequestClaim Claim, long WeightPosition, long OrderPosition)
{
    public static readonly Admission Refused;

    /// <summary>Another request takes this one along: it says what became of it.</summary>
    public static readonly Admission Joined = new() { IsJoined = true };

    public bool IsJoined { get; private init; }

    /// <summary>What goes out with it, as one request; null where it goes alone.</summary>
    public IReadOnlyList<BatchSeat>? Others { get; init; }
}
