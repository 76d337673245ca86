using Oms.Domain;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An order that the exchange accepted, with all that became of it.</summary>
internal sealed class ClientOrder
{
    private long _price;
    private long _quantity;
    private string _clientOrderId = "";
    private SelfTradePrevention _selfTradePrevention;

    public required Account Account { get; init; }

    public required Market Market { get; init; }

    public required long OrderId { get; init; }

    /// <summary>Changes with an amendment that keeps its turn.</summary>
    public required string ClientOrderId
    {
        get => _clientOrderId;
        init => _clientOrderId = value;
    }

    public required OrderSide Side { get; init; }

    public required OrderType Type { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    public required long Price
    {
        get => _price;
        init => _price = value;
    }

    public required long Quantity
    {
        get => _quantity;
        init => _quantity = value;
    }

    public required long QuoteQuantity { get; init; }

    public required SelfTradePrevention SelfTradePrevention
    {
        get => _selfTradePrevention;
        init => _selfTradePrevention = value;
    }

    /// <summary>Null on the spot market.</summary>
    public FuturesTerms? Futures { get; init; }

    /// <summary>Of the spot market.</summary>
    public SpotTerms Terms { get; init; } = SpotTerms.None;

    /// <summary>Whether it begins by waiting for the working order of its list.</summary>
    public bool StartsPending
    {
        init => State = value ? OrderState.PendingNew : OrderState.New;
    }

    /// <summary>Null where it stands alone.</summary>
    public OrderList? List { get; set; }

    /// <summary>Whether the balance that the other of its pair has set aside is its own too.</summary>
    public bool SharesReservation { get; set; }

    /// <summary>How often it was changed in place.</summary>
    public int Amendments { get; private set; }

    public required long CreatedMs { get; init; }

    public OrderState State { get; private set; }

    public ExpiryReason ExpiryReason { get; private set; }

    public long ExecutedQuantity { get; private set; }

    public long ExecutedQuote { get; private set; }

    public long PreventedQuantity { get; private set; }

    /// <summary>The last trade with its owner's own that it was kept from; -1 before the first.</summary>
    public long PreventedMatchId { get; set; } = -1;

    public long UpdatedMs { get; private set; }

    /// <summary>Whether it is in the book, or was: it waits for neither an order nor a price.</summary>
    public bool IsWorking { get; private set; }

    /// <summary>Since when it works; -1 before.</summary>
    public long WorkingMs { get; private set; } = -1;

    /// <summary>Of a trailing order: the best price since it began to follow; 0 before.</summary>
    public long TrailingBest { get; private set; }

    /// <summary>Since when it follows; -1 before.</summary>
    public long TrailingMs { get; private set; } = -1;

    public List<ClientTrade> Trades { get; } = [];

    /// <summary>How it was made smaller in place, the first first.</summary>
    public List<QuantityReduction> Reductions { get; } = [];

    public bool IsOpen => State is OrderState.New or OrderState.PartiallyFilled or OrderState.PendingNew;

    public long LeavesQuantity => Quantity - ExecutedQuantity - PreventedQuantity;

    public BookSide BookSide => Side == OrderSide.Buy ? BookSide.Bid : BookSide.Ask;

    public bool HasPrice => OrderTypes.HasPrice(Type);

    public bool IsConditional => OrderTypes.IsConditional(Type);

    /// <summary>Whether it waits for its price.</summary>
    public bool IsWaiting => IsConditional && !IsWorking && State == OrderState.New;

    /// <summary>
    /// Whether its balance is set aside while it is open: what takes any price pays as it goes, unless it waits to
    /// sell.
    /// </summary>
    public bool IsReserved => !SharesReservation && State != OrderState.PendingNew
        && (HasPrice || (IsConditional && Side == OrderSide.Sell));

    public void Apply(ClientTrade trade)
    {
        Invariant.Holds(IsOpen && trade.Quantity > 0 && trade.Quantity <= LeavesQuantity);
        Trades.Add(trade);
        ExecutedQuantity += trade.Quantity;
        ExecutedQuote += trade.QuoteQuantity;
        State = LeavesQuantity == 0 ? OrderState.Filled : OrderState.PartiallyFilled;
        UpdatedMs = trade.TimeMs;
    }

    public void Close(OrderState state, ExpiryReason reason, long preventedQuantity, long timeMs)
    {
        Invariant.Holds(IsOpen && preventedQuantity >= 0 && preventedQuantity <= LeavesQuantity);
        PreventedQuantity += preventedQuantity;
        ExpiryReason = reason;
        State = state;
        UpdatedMs = timeMs;
    }

    /// <summary>Changes it in place; from then on it trades with its owner's own.</summary>
    public void Amend(long price, long quantity, long timeMs)
    {
        Invariant.Holds(IsOpen && quantity > ExecutedQuantity);
        (_price, _quantity, _selfTradePrevention) = (price, quantity, SelfTradePrevention.None);
        Amendments++;
        UpdatedMs = timeMs;
    }

    /// <summary>Makes it smaller in place.</summary>
    public void Reduce(QuantityReduction reduction)
    {
        Invariant.Holds(IsOpen && reduction.NewQuantity < Quantity);
        Invariant.Holds(reduction.NewQuantity > Quantity - LeavesQuantity);
        (_quantity, _clientOrderId) = (reduction.NewQuantity, reduction.NewClientOrderId);
        Reductions.Add(reduction);
        UpdatedMs = reduction.TimeMs;
    }

    /// <summary>Makes it smaller by what would have been traded with its owner's own.</summary>
    public void Prevent(long quantity, long timeMs)
    {
        Invariant.Holds(IsOpen && quantity > 0 && quantity <= LeavesQuantity);
        PreventedQuantity += quantity;
        UpdatedMs = timeMs;
    }

    public void Open(long timeMs)
    {
        UpdatedMs = timeMs;
        if (!IsConditional && State == OrderState.New)
        {
            Work(timeMs);
        }
    }

    /// <summary>What it waited for is filled.</summary>
    public void Activate(long timeMs)
    {
        Invariant.Holds(State == OrderState.PendingNew);
        State = OrderState.New;
        Open(timeMs);
    }

    /// <summary>Its price has come.</summary>
    public void Trigger(long timeMs)
    {
        Invariant.Holds(IsWaiting);
        UpdatedMs = timeMs;
        Work(timeMs);
    }

    /// <summary>A trailing order has seen a better price.</summary>
    public void Follow(long bestPrice, long timeMs)
    {
        TrailingBest = bestPrice;
        TrailingMs = TrailingMs < 0 ? timeMs : TrailingMs;
    }

    private void Work(long timeMs) => (IsWorking, WorkingMs) = (true, timeMs);
}
