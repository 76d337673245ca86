using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance;

/// <summary>What an answer that is not a success proves.</summary>
/// <param name="IsRefusal">True: the request was not, and will not be, executed. False: nothing is
/// proven.</param>
/// <param name="Reason">Of a refusal.</param>
internal readonly record struct Verdict(bool IsRefusal, RejectReason Reason)
{
    /// <summary>Whether it is proven also by an answer that says that the server failed.</summary>
    public bool IsProofAtAnyStatus { get; init; }
}
