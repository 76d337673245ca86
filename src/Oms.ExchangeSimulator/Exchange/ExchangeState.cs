using System.Diagnostics.CodeAnalysis;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>All accounts and markets of the exchange, and the ids it gives out next.</summary>
internal sealed class ExchangeState
{
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Market> _markets = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ClientOrder> _orders = [];
    private long _lastExecutionId;
    private long _lastCrowdOrderId;

    /// <param name="speeds">At which the books' depth is published.</param>
    public ExchangeState(
        IEnumerable<Account> accounts,
        IEnumerable<ListedSymbol> symbols,
        IReadOnlyCollection<DepthSpeed> speeds,
        long firstId)
    {
        _lastExecutionId = firstId;
        foreach (Account account in accounts)
        {
            _accounts.Add(account.Name, account);
        }

        foreach (ListedSymbol symbol in symbols)
        {
            _markets.Add(symbol.Name, new Market(symbol, speeds, firstId));
        }
    }

    public IReadOnlyCollection<Account> Accounts => _accounts.Values;

    public IReadOnlyCollection<Market> Markets => _markets.Values;

    public long LastOrderId { get; private set; }

    public SortedDictionary<long, OrderList> Lists { get; } = [];

    /// <summary>Of all symbols, oldest first.</summary>
    public List<PreventedMatch> PreventedMatches { get; } = [];

    public TransferBook Transfers { get; } = new();

    public bool TryGetAccount(string name, [NotNullWhen(true)] out Account? account) =>
        _accounts.TryGetValue(name, out account);

    /// <summary>This market's account of a client who is known by another market's.</summary>
    public Account OfClient(Account account) => _accounts[account.Name];

    public bool TryGetMarket(string symbol, [NotNullWhen(true)] out Market? market) =>
        _markets.TryGetValue(symbol, out market);

    /// <summary>The client order that rests under a book's id; null for one of the crowd's.</summary>
    public ClientOrder? FindOrder(long orderId) => _orders.GetValueOrDefault(orderId);

    public void Add(ClientOrder order)
    {
        _orders.Add(order.OrderId, order);
        order.Account.Add(order);
        LastOrderId = Math.Max(LastOrderId, order.OrderId);
    }

    public void Add(OrderList list) => Lists.Add(list.OrderListId, list);

    public long NextExecutionId() => ++_lastExecutionId;

    /// <summary>Negative: never a client's.</summary>
    public long NextCrowdOrderId() => --_lastCrowdOrderId;
}
