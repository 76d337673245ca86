using System.Diagnostics;
using System.Globalization;
using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.SharedMemory.Rings;

namespace Oms.Grains.Strategies;

/// <summary>Where a strategy places and cancels orders, and sees those that live. For its own thread alone.</summary>
public sealed class StrategyDesk
{
    private readonly RingWriter _commands;
    private readonly AccountRoute _route;
    private readonly string _prefix;
    private readonly Dictionary<string, StrategyOrder> _live = [];
    private long _number;

    internal StrategyDesk(
        StrategyConfiguration strategy,
        InstrumentDefined instrument,
        RingWriter commands,
        AccountRoute route,
        long incarnation)
    {
        Strategy = strategy;
        Instrument = instrument;
        _commands = commands;
        _route = route;
        // Never the id of an earlier run: each of them is used once.
        _prefix = string.Create(CultureInfo.InvariantCulture, $"s.{incarnation:x}.");
    }

    public StrategyConfiguration Strategy { get; }

    public InstrumentDefined Instrument { get; }

    /// <summary>Those that are sent and not known to be final.</summary>
    public IReadOnlyCollection<StrategyOrder> Live => _live.Values;

    /// <summary>Net of its own fills since it began, mantissa at the instrument's quantity decimals.</summary>
    public long Position { get; private set; }

    public long OrdersPlaced { get; private set; }

    public long Fills { get; private set; }

    /// <summary>A price as the instrument's mantissa, rounded down.</summary>
    public long PriceOf(decimal price) => Mantissa.Of(price, Instrument.PriceDecimals);

    /// <summary>A quantity as the instrument's mantissa, rounded down.</summary>
    public long QuantityOf(decimal quantity) => Mantissa.Of(quantity, Instrument.QuantityDecimals);

    /// <summary>
    /// Sends a limit order, on the account that routing chooses. Whether FastPath takes it comes as a report.
    /// </summary>
    /// <param name="price">Mantissa at the instrument's price decimals.</param>
    /// <param name="quantity">Mantissa at the instrument's quantity decimals.</param>
    public OfferResult PlaceLimit(Side side, long price, long quantity, OrderFlags flags = OrderFlags.None)
    {
        AccountId account = _route.Choose(side);
        string text = _prefix + (++_number).ToString("x", CultureInfo.InvariantCulture);
        Invariant.Holds(ClientOrderId.TryParse(text, out ClientOrderId id));
        var order = new PlaceOrder
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = id,
            InstrumentId = Instrument.InstrumentId,
            Terms = new()
            {
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Flags = flags,
                Price = price,
                Quantity = quantity,
            },
            CorrelationId = _number,
            Stamps = new() { GatewayOffered = Stopwatch.GetTimestamp() },
        };
        OfferResult result = _commands.Ring.IsReaderAlive ? _commands.Offer(in order) : OfferResult.ConsumerGone;
        if (result == OfferResult.Accepted)
        {
            OrdersPlaced++;
            _live.Add(text, new(account, id, side, price, quantity));
        }

        return result;
    }

    /// <summary>Asks to cancel one of its orders; one that is asked already is not asked again.</summary>
    public OfferResult Cancel(StrategyOrder order)
    {
        if (order.IsCanceling)
        {
            return OfferResult.Accepted;
        }

        var cancel = new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(order.Account),
            ClientOrderId = order.ClientOrderId,
            OrderId = OrderId.None,
            CorrelationId = ++_number,
        };
        OfferResult result = _commands.Offer(in cancel);
        order.IsCanceling = result == OfferResult.Accepted;
        return result;
    }

    public void CancelAll()
    {
        foreach (StrategyOrder order in _live.Values)
        {
            // What does not fit is tried again by whoever looks at the orders that live.
            _ = Cancel(order);
        }
    }

    /// <summary>Whether the report is of one of its orders; the order is kept in step.</summary>
    internal bool TryTake(in ExecutionReport report)
    {
        string id = report.ClientOrderId.ToString();
        if (!_live.TryGetValue(id, out StrategyOrder? order))
        {
            return false;
        }

        order.Filled = report.CumulativeQuantity;
        if (report.ExecutionType == ExecutionType.Trade)
        {
            Fills++;
            Position += order.Side == Side.Buy ? report.LastQuantity : -report.LastQuantity;
        }

        if (OrderLifecycle.IsFinal(report.Status))
        {
            _ = _live.Remove(id);
        }

        return true;
    }

    /// <summary>Whether the refusal is of one of its orders, which may be canceled again then.</summary>
    internal bool TryTake(in CancelRejected rejected)
    {
        if (!_live.TryGetValue(rejected.ClientOrderId.ToString(), out StrategyOrder? order))
        {
            return false;
        }

        order.IsCanceling = false;
        return true;
    }
}
