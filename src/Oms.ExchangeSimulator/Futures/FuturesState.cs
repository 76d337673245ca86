using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>All markets and accounts of futures, found by what they are to the shared parts.</summary>
internal sealed class FuturesState
{
    private readonly Dictionary<Account, FuturesAccount> _accounts;
    private readonly Dictionary<Market, FuturesMarket> _markets;

    /// <param name="spot">Whose prices are the index.</param>
    public FuturesState(ExchangeState state, ExchangeState spot)
    {
        Shared = state;
        _accounts = state.Accounts.ToDictionary(account => account, account => new FuturesAccount(account));
        _markets = FuturesSymbol.All.ToDictionary(symbol => MarketOf(state, symbol), symbol => new FuturesMarket(
            symbol,
            MarketOf(state, symbol),
            spot.TryGetMarket(symbol.Listed.Name, out Market? market) ? market : null));
    }

    public ExchangeState Shared { get; }

    public IEnumerable<FuturesAccount> Accounts => _accounts.Values;

    public IEnumerable<FuturesMarket> Markets => _markets.Values;

    public FuturesAccount Of(Account account) => _accounts[account];

    public FuturesMarket Of(Market market) => _markets[market];

    /// <summary>The account of futures of a client who is known by another market's account.</summary>
    public FuturesAccount OfClient(Account account) =>
        Shared.TryGetAccount(account.Name, out Account? own)
            ? _accounts[own]
            : throw new InvalidOperationException($"{account.Name} has no account of futures");

    private static Market MarketOf(ExchangeState state, FuturesSymbol symbol) =>
        state.TryGetMarket(symbol.Listed.Name, out Market? market)
            ? market
            : throw new InvalidOperationException($"{symbol.Listed.Name} has no market");
}
