using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Matching;

namespace Oms.Engine.Orders;

/// <summary>An order as the engine knows it; without a gap, since it is saved as it lies.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Length)]
internal struct OrderState
{
    public const int Length = 252;

    public OrderId OrderId;

    /// <summary>As its client sees them: quantity is all of it, and what it waits for is still in them.</summary>
    public OrderTerms Terms;
    public OrderStatus Status;
    public OrderOrigin Origin;
    public OrderMarks Marks;
    public AccountId AccountId;
    public InstrumentId InstrumentId;

    /// <summary>Where it rests in a book.</summary>
    public OrderHandle BookHandle;

    /// <summary>Sum of the fills booked.</summary>
    public long CumulativeQuantity;
    public long CumulativeNotional;

    /// <summary>
    /// The price at which a buy is reserved: its limit, or the worst that a market order may pay.
    /// </summary>
    public long ReservePrice;

    /// <summary>
    /// What is reserved for what is still open: of the quote asset for a buy and as margin, of the base asset
    /// for a sale.
    /// </summary>
    public long ReservedAmount;

    /// <summary>What of it counts as open in its holding, as an amount of the base asset.</summary>
    public long OpenAmount;

    /// <summary>0 until the exchange said it.</summary>
    public long ExchangeOrderId;
    public long IntentUnixNanos;
    public ClientOrderId ClientOrderId;
    public int NextLive;
    public int PreviousLive;

    /// <summary>The largest cumulative quantity that the exchange stated; fills up to it must come.</summary>
    public long SeenCumulativeQuantity;

    /// <summary>Of a child: the order whose fills it is worth. Of a successor: the order before it.</summary>
    public OrderId ParentId;

    /// <summary>The other leg of a pair; of a first order: the first of its children.</summary>
    public OrderId PartnerId;

    /// <summary>With a change on its way: the limit that was asked for.</summary>
    public long AskedPrice;

    /// <summary>With a change on its way: the quantity that was asked for.</summary>
    public long AskedQuantity;

    /// <summary>Fees that were taken out of what it bought.</summary>
    public long BaseFees;

    /// <summary>Of a leg of a pair: what both together may fill; 0 of others.</summary>
    public long SharedQuantity;

    /// <summary>Of a leg of a pair: what it filled beyond that, and was taken back at the market.</summary>
    public long TakenBack;

    /// <summary>One more than its place in the queue of expiries; 0 when it is not there.</summary>
    public int ExpiryPlacePlus1;

    /// <summary>A final status that the exchange stated while fills are still missing; 0 for none.</summary>
    public ExchangeOrderStatus SeenFinalStatus;
    public Contingency Contingency;

    /// <summary>
    /// 1 where the connector could not say whether a change was made: the exchange's next answer tells. Before that, an
    /// answer may be older than the change.
    /// </summary>
    public byte IsReplaceInDoubt;
    public byte Reserved;
    public uint ClientOrderIdHash;

    public readonly long LeavesQuantity => Terms.Quantity - CumulativeQuantity;

    public readonly bool IsFinal => OrderLifecycle.IsFinal(Status);

    public readonly bool IsHeld => Status == OrderStatus.Suspended;

    public readonly bool Has(OrderMarks marks) => (Marks & marks) != 0;

    public void Set(OrderMarks marks) => Marks |= marks;

    public void Clear(OrderMarks marks) => Marks &= ~marks;
}
