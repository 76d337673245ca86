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

    /// <summary>How often it was changed in place.</summary>
    public int Amendments { get; private set; }

    public required long CreatedMs { get; init; }

    public OrderState State { get; private set; }

    public ExpiryReason ExpiryReason { get; private set; }

    public long ExecutedQuantity { get; private set; }

    public long ExecutedQuote { get; private set; }

    public long PreventedQuantity { get; private set; }

    public long UpdatedMs { get; private set; }

    public List<ClientTrade> Trades { get; } = [];

    /// <summary>How it was made smaller in place, the first first.</summary>
    public List<QuantityReduction> Reductions { get; } = [];

    public bool IsOpen => State is OrderState.New or OrderState.PartiallyFilled;

    public long LeavesQuantity => Quantity - ExecutedQuantity - PreventedQuantity;

    public BookSide BookSide => Side == OrderSide.Buy ? BookSide.Bid : BookSide.Ask;

    /// <summary>Whether its balance is set aside while it is open: a market order pays as it goes.</summary>
    public bool IsReserved => Type != OrderType.Market;

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
        PreventedQuantity = preventedQuantity;
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

    public void Open(long timeMs) => UpdatedMs = timeMs;
}
