using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Orders;

/// <summary>An order as the engine knows it.</summary>
internal struct OrderState
{
    public OrderId OrderId;
    public AccountId AccountId;
    public InstrumentId InstrumentId;
    public ClientOrderId ClientOrderId;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderStatus Status;
    public long Price;
    public long Quantity;

    /// <summary>Sum of the fills booked.</summary>
    public long CumulativeQuantity;
    public long CumulativeNotional;
    public long IntentUnixNanos;

    /// <summary>0 until the exchange said it.</summary>
    public long ExchangeOrderId;

    /// <summary>The exchange has shown that it has the order.</summary>
    public bool IsAcknowledged;

    /// <summary>A cancel came before the exchange showed the order: to be sent when it does.</summary>
    public bool IsCancelWanted;

    /// <summary>
    /// The price at which a buy is reserved: its limit, or the worst that a market order may pay.
    /// </summary>
    public long ReservePrice;

    /// <summary>
    /// What is reserved for what is still open: of the quote asset for a buy, of the base asset for a sell.
    /// </summary>
    public long ReservedAmount;

    /// <summary>The largest cumulative quantity that the exchange stated; fills up to it must come.</summary>
    public long SeenCumulativeQuantity;

    /// <summary>A final status that the exchange stated while fills are still missing; 0 for none.</summary>
    public ExchangeOrderStatus SeenFinalStatus;

    public StageDurations Stages;
    public long ReplyReceived;

    public readonly long LeavesQuantity => Quantity - CumulativeQuantity;

    public readonly bool IsFinal => OrderLifecycle.IsFinal(Status);
}
