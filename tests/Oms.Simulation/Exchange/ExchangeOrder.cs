using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Simulation.Exchange;

/// <summary>An order as the exchange has it.</summary>
internal sealed class ExchangeOrder
{
    public required AccountId Account { get; init; }

    /// <summary>None where it was placed by hand.</summary>
    public required OrderId OrderId { get; init; }

    public required long Number { get; init; }

    public required InstrumentId Instrument { get; init; }

    /// <summary>The step of the run in which the exchange took it.</summary>
    public required int PlacedInStep { get; init; }

    public required OrderTerms Terms { get; set; }

    public ExchangeOrderStatus Status { get; set; } = ExchangeOrderStatus.New;

    public List<ExchangeFill> Fills { get; } = [];

    public bool IsExternal => OrderId.IsNone;

    public bool IsOpen => Status is ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled;

    public long Executed => Fills.Sum(fill => fill.Quantity);

    public long Leaves => Terms.Quantity - Executed;

    public OrderSeen Seen(EvidenceSource source) => new()
    {
        Header = MessageHeader.For<OrderSeen>(Account),
        OrderId = OrderId,
        ExchangeOrderId = Number,
        InstrumentId = Instrument,
        Status = Status,
        Source = source,
        CumulativeQuantity = Executed,
        ExchangeUnixNanos = 0,
        Stamps = default,
        Terms = Terms,
    };

    public TradeSeen Seen(ExchangeFill fill, EvidenceSource source) => new()
    {
        Header = MessageHeader.For<TradeSeen>(Account),
        OrderId = OrderId,
        ExchangeOrderId = Number,
        InstrumentId = Instrument,
        Source = source,
        IsMaker = fill.IsMaker ? (byte)1 : (byte)0,
        Side = Terms.Side,
        PositionSide = Terms.PositionSide,
        TradeId = fill.TradeId,
        ExecutionId = 0,
        Price = fill.Price,
        Quantity = fill.Quantity,
        Fee = fill.Fee,
        FeeAssetId = fill.FeeAsset,
        ExchangeUnixNanos = 0,
    };
}
