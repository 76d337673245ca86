using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// A conditional order: it waits for a price, and then becomes an order. The journal keeps it as it is.
/// </summary>
internal sealed record AlgoOrder(
    string Account,
    string Symbol,
    long AlgoId,
    string ClientAlgoId,
    OrderSide Side,
    PositionSide PositionSide,
    AlgoType Type,
    TimeInForce TimeInForce,
    long Quantity,
    long Price,
    long TriggerPrice,
    bool IsAtMark,
    bool ClosesPosition,
    bool IsReduceOnly,
    long ActivatePrice,
    long CallbackRate,
    long CreatedMs)
{
    public AlgoState State { get; set; }

    public long UpdatedMs { get; set; }

    public long TriggeredMs { get; set; }

    /// <summary>Of a trailing stop: the best price since it was activated; 0 before.</summary>
    public long BestPrice { get; set; }

    /// <summary>The order that came of it; 0 before it was triggered.</summary>
    public long ActualOrderId { get; set; }

    [JsonIgnore]
    public bool IsOpen => State == AlgoState.New;
}
