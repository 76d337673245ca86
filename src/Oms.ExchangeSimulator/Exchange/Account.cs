namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A client of the exchange: its balances, its orders, and how many it may still send.</summary>
internal sealed class Account(string name, long userId, OrderCountLimits orderCountLimits, string? main = null)
{
    private readonly SortedDictionary<string, Balance> _balances = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Symbol, string ClientOrderId), ClientOrder> _byClientOrderId = [];
    private readonly SortedDictionary<long, ClientOrder> _orders = [];
    private readonly SortedDictionary<long, ClientOrder> _openOrders = [];

    public string Name { get; } = name;

    public long UserId { get; } = userId;

    /// <summary>The name of its main account; null where it is one.</summary>
    public string? Main { get; } = main;

    /// <summary>By which a main account names it.</summary>
    public string Email => $"{Name}@simulated.exchange";

    public IReadOnlyCollection<Balance> Balances => _balances.Values;

    /// <summary>Every order ever accepted, oldest first.</summary>
    public IReadOnlyCollection<ClientOrder> Orders => _orders.Values;

    /// <summary>Every trade, oldest first.</summary>
    public List<ClientTrade> Trades { get; } = [];

    public IReadOnlyCollection<ClientOrder> OpenOrders => _openOrders.Values;

    public UnfilledOrderCount OrderCount { get; } = new(orderCountLimits);

    public long UpdatedMs { get; set; }

    public Balance BalanceOf(string asset)
    {
        if (!_balances.TryGetValue(asset, out Balance? balance))
        {
            balance = new Balance(asset);
            _balances.Add(asset, balance);
        }

        return balance;
    }

    public bool HasBalance(string asset) => _balances.ContainsKey(asset);

    public void Add(ClientOrder order)
    {
        _orders.Add(order.OrderId, order);
        _openOrders.Add(order.OrderId, order);
        _byClientOrderId[(order.Market.Symbol.Name, order.ClientOrderId)] = order;
    }

    /// <summary>An open order that had another id is known by its new one.</summary>
    public void Rename(ClientOrder order, string oldClientOrderId)
    {
        _ = _byClientOrderId.Remove((order.Market.Symbol.Name, oldClientOrderId));
        _byClientOrderId[(order.Market.Symbol.Name, order.ClientOrderId)] = order;
    }

    public void Close(ClientOrder order) => _ = _openOrders.Remove(order.OrderId);

    public ClientOrder? FindOrder(long orderId) => _orders.GetValueOrDefault(orderId);

    /// <summary>The newest order with this id: an id may be used again once its order is closed.</summary>
    public ClientOrder? FindOrder(Market market, string clientOrderId) =>
        _byClientOrderId.GetValueOrDefault((market.Symbol.Name, clientOrderId));

    public int OpenOrderCount(Market market)
    {
        int count = 0;
        foreach (ClientOrder order in _openOrders.Values)
        {
            count += order.Market == market ? 1 : 0;
        }

        return count;
    }
}
